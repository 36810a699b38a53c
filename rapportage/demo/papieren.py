"""Forms, documents, questions, talks and judgements of the demo, each on its own day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from beschikkingen.documenten import scan_document
from beschikkingen.enums import DocumentSoort
from beschikkingen.models import Monitoringsmoment, Stap, Toewijzing
from organisaties.models import Trede
from rapportage.demo.dossiers import Dossier, Evaluatiepapier, Formulier, Lijn
from rapportage.demo.dossiers import Oordeel as Uitspraak
from rapportage.demo.inrichten import Wereld
from rapportage.demo.pdfje import maak_pdf
from rapportage.demo.teksten import met_merk, tekst
from resultaat.actions.evaluatie import Inzending, dien_evaluatie_in
from resultaat.actions.gesprek import Deelnemer, leg_gesprek_vast
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.actions.vragen import beantwoord_vraag, stel_vraag
from resultaat.advies import Advies
from resultaat.models import Evaluatie, InformatieVraag, Resultaat
from resultaat.queries.zaak import Plek, zaken
from resultaat.queries.zaakregels import geef_advies, trede_nu
from stopberichten.actions_toelichting import Invoer, RegelInvoer, begin, bewaar_concept
from stopberichten.actions_toelichting_indienen import dien_in
from stopberichten.enums import ToelichtingSoort
from stopberichten.models import Stop, ToelichtingRegel
from stopberichten.queries_toelichting import sleutel_van


@dataclass
class Papieren:
    """Everything that people write about a line; finds its rows by the numbers of the story."""

    wereld: Wereld
    rng: Random
    treden: dict[tuple[int, int], Trede]
    bekend: dict[tuple[str, int], Toewijzing] = field(default_factory=dict)

    @classmethod
    def voor(cls, wereld: Wereld, rng: Random) -> Papieren:
        treden = {(t.regio_id, t.zwaarte): t for t in Trede.objects.all()}
        return cls(wereld, rng, treden)

    def toewijzing(self, dossier: Dossier, lijn: Lijn) -> Toewijzing:
        """By number, read once: nothing here looks at what changes on it."""
        sleutel = (dossier.client.gemeente, lijn.nummer)
        if sleutel not in self.bekend:
            alle = Toewijzing.objects.select_related("gemeente__regio", "client", "beschikking", "trede")
            self.bekend |= {(t.gemeente.code, t.toewijzingnummer): t for t in alle}
        return self.bekend[sleutel]

    def trede(self, dossier: Dossier, zwaarte: int | None) -> Trede | None:
        regio = self.wereld.gemeenten[dossier.client.gemeente].regio_id
        return self.treden[regio, zwaarte] if zwaarte and regio else None

    def schrijf(self, soort: str, dossier: Dossier, lijn: Lijn | None = None) -> str:
        return tekst(self.rng, soort, dossier.client.gemeente, lijn.agb if lijn else "")

    # --- the provider ---------------------------------------------------------------------------------------
    def formulier(self, dossier: Dossier, lijn: Lijn, papier: Formulier, op: datetime) -> None:
        """The Toelichting (bijlage 2): begun, filled in, and sent unless it stays a draft."""
        toewijzing, wie = self.toewijzing(dossier, lijn), self.wereld.medewerker(lijn.agb)
        vorm = begin(toewijzing=toewijzing, door=wie, op=op).toelichting
        regel = RegelInvoer(
            soort=ToelichtingSoort.WIJZIGING if papier.zwaarte else ToelichtingSoort.BEEINDIGING,
            gevraagde_trede=papier.zwaarte,
            behaald=papier.behaald,
            teksten={
                "huidige_situatie": self.schrijf("situatie", dossier, lijn),
                "reden": self.schrijf(papier.reden, dossier, lijn),
                "behaald_toelichting": self.schrijf(
                    "behaald_ja" if papier.behaald else "behaald_nee", dossier, lijn
                ),
            },
        )
        vorm = bewaar_concept(
            toelichting=vorm,
            invoer=Invoer(
                teksten={"overige_zaken": self.schrijf("overig", dossier, lijn)},
                zorgplan_later=papier.zwaarte is not None,
                regels={sleutel_van(vorm.regels.get(toewijzing=toewijzing)): regel},
            ),
            versie=vorm.versie,
            vanuit=UUID(int=self.rng.getrandbits(128)),
            door=wie,
            op=op,
        )
        if not papier.concept:
            dien_in(toelichting=vorm, versie=vorm.versie, door=wie, op=op, vandaag=op.date())

    def evaluatie(self, dossier: Dossier, lijn: Lijn, papier: Evaluatiepapier, op: datetime) -> None:
        toewijzing, wie = self.toewijzing(dossier, lijn), self.wereld.medewerker(lijn.agb)
        soort = DocumentSoort(toewijzing.gemeente.evaluatiedocument)
        evaluatie = dien_evaluatie_in(
            toewijzing=toewijzing,
            inzending=Inzending(
                inhoud=self._document(soort, dossier, lijn, toewijzing, op),
                bestandsnaam=f"{soort.value}-{lijn.nummer}.pdf",
                behaald=papier.behaald,
                vervolg_nodig=True,
                reden=self.schrijf("vervolg" if papier.behaald else "niet_behaald", dossier, lijn),
                ontvangen_datum=papier.op,
                gevraagde_trede=self.trede(dossier, papier.zwaarte),
            ),
            door=wie,
            moment=op,
        )
        if evaluatie.document:
            scan_document(document=evaluatie.document, adres="", zonder_scanner=True)

    def _document(
        self, soort: DocumentSoort, dossier: Dossier, lijn: Lijn, toewijzing: Toewijzing, op: datetime
    ) -> bytes:
        return maak_pdf(
            soort.label.capitalize(),
            (
                f"Cliënt: {toewijzing.client}",
                f"Beschikking {dossier.nummer}, toewijzing {lijn.nummer}",
                f"Datum: {op:%d-%m-%Y}",
                "",
                met_merk("Dit is een verzonnen document voor de demo.", dossier.client.gemeente, lijn.agb),
            ),
        )

    def antwoord(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        beantwoord_vraag(
            vraag=InformatieVraag.objects.open().get(evaluatie=self._evaluatie(dossier, lijn)),
            antwoord=self.schrijf("antwoord", dossier, lijn),
            door=self.wereld.medewerker(lijn.agb),
            moment=op,
        )

    # --- the municipality -----------------------------------------------------------------------------------
    def vraag(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        stel_vraag(
            evaluatie=self._evaluatie(dossier, lijn),
            vraag=self.schrijf("vraag", dossier, lijn),
            door=self.wereld.consulent(dossier.client.gemeente),
            moment=op,
        )

    def gesprek(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        leg_gesprek_vast(
            beschikking=self.toewijzing(dossier, lijn).beschikking,
            datum=op.date(),
            deelnemers=tuple(Deelnemer),
            verslag=self.schrijf("gesprek", dossier),
            volgend_moment_datum=dossier.monitoring if dossier.monitoring_gedaan else None,
            door=self.wereld.consulent(dossier.client.gemeente),
            moment=op,
        )

    def oordeel(self, dossier: Dossier, lijn: Lijn, uitspraak: Uitspraak, op: datetime) -> None:
        """What the consulent registered, through the same door as the screen."""
        registreer(
            toewijzing=self.toewijzing(dossier, lijn),
            oordeel=self._oordeel(dossier, lijn, uitspraak),
            door=self.wereld.consulent(dossier.client.gemeente),
            moment=op,
        )

    def correctie(self, dossier: Dossier, lijn: Lijn, uitspraak: Uitspraak, op: datetime) -> None:
        toewijzing = self.toewijzing(dossier, lijn)
        registreer(
            toewijzing=toewijzing,
            oordeel=self._oordeel(dossier, lijn, uitspraak),
            door=self.wereld.consulent(dossier.client.gemeente),
            moment=op,
            corrigeert=Resultaat.objects.actueel().get(toewijzing=toewijzing),
            correctie_reden=self.schrijf("correctie", dossier),
        )

    def _oordeel(self, dossier: Dossier, lijn: Lijn, uitspraak: Uitspraak) -> Oordeel:
        toewijzing = self.toewijzing(dossier, lijn)
        stap = Stap.objects.filter(toewijzing=toewijzing, volgnummer=uitspraak.stap or 0).first()
        moment = self._moment(toewijzing) if dossier.monitoring_gedaan else None
        regels = ToelichtingRegel.objects.filter(toewijzing=toewijzing).ingediend()
        regel = regels.select_related("toelichting").last()
        naar = self.trede(dossier, uitspraak.zwaarte_naar)
        advies = _advies(toewijzing, Plek(stap=stap, moment=moment), naar)
        return Oordeel(
            uitkomst=uitspraak.uitkomst,
            paragraaf=uitspraak.paragraaf,
            vervolg=uitspraak.vervolg,
            resultaatdatum=uitspraak.slaat_op,
            redenen=uitspraak.redenen,
            toelichting=self.schrijf("resultaat", dossier),
            trede_naar=naar,
            afwijking_reden=self.schrijf("afwijking", dossier) if advies.wijkt_af(uitspraak.uitkomst) else "",
            stap=stap,
            monitoringsmoment=moment,
            stop=Stop.objects.filter(toewijzing=toewijzing).geldig().last(),
            evaluatie=Evaluatie.objects.filter(toewijzing=toewijzing).last(),
            formulier=regel.toelichting if regel else None,
            advies=advies,
        )

    def _moment(self, toewijzing: Toewijzing) -> Monitoringsmoment | None:
        return Monitoringsmoment.objects.filter(beschikking_id=toewijzing.beschikking_id).open().first()

    def _evaluatie(self, dossier: Dossier, lijn: Lijn) -> Evaluatie:
        return Evaluatie.objects.get(toewijzing=self.toewijzing(dossier, lijn))


def _advies(toewijzing: Toewijzing, plek: Plek, naar: Trede | None) -> Advies:
    """What the screen said when the consulent decided (M6)."""
    (zaak,) = zaken(Toewijzing.objects.filter(pk=toewijzing.pk))
    return geef_advies(zaak, plek, naar or trede_nu(zaak))

"""Forms, documents, questions, talks and judgements of the demo, each on its own day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random

from beschikkingen.enums import DocumentSoort, DocumentStatus
from beschikkingen.kluis import bos, context
from beschikkingen.models import Document, DocumentInhoud, Monitoringsmoment, Stap, Toewijzing
from organisaties.models import Trede
from rapportage.demo.dossiers import Dossier, Evaluatiepapier, Formulier, Lijn
from rapportage.demo.dossiers import Oordeel as Uitspraak
from rapportage.demo.inrichten import Wereld
from rapportage.demo.pdfje import maak_pdf
from rapportage.demo.teksten import merk, tekst
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.models import Evaluatie, Gesprek, InformatieVraag, Resultaat
from resultaat.statussen import EvaluatieStatus
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel


@dataclass
class Papieren:
    """Everything that people write about a line; finds its rows by the numbers of the story."""

    wereld: Wereld
    rng: Random
    treden: dict[tuple[int, int], Trede]
    formuliernummers: count[int] = field(default_factory=lambda: count(1))
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
        """The Toelichting (bijlage 2): sent, or still a draft."""
        toewijzing = self.toewijzing(dossier, lijn)
        wie = self.wereld.medewerker(lijn.agb)
        verstuurd = not papier.concept
        vorm = Toelichting.objects.create(
            nummer=f"T-{op.year}-{next(self.formuliernummers):05d}" if verstuurd else None,
            gemeente=toewijzing.gemeente,
            aanbieder_id=toewijzing.aanbieder_id,
            client=toewijzing.client,
            beschikking=toewijzing.beschikking,
            status=ToelichtingStatus.INGEDIEND if verstuurd else ToelichtingStatus.CONCEPT,
            verzoeker_naam=wie.naam,
            verzoeker_functie=wie.functie,
            verzoeker_organisatie=str(wie.aanbieder.naam) if wie.aanbieder else "",
            verzoeker_telefoon=wie.telefoon,
            verzoeker_email=wie.email,
            overige_zaken=self.schrijf("overig", dossier, lijn),
            zorgplan_later=papier.zwaarte is not None,
            aangemaakt_op=op,
            aangemaakt_door=wie,
            bewaard_op=op,
            ingediend_op=op if verstuurd else None,
            ingediend_door=wie if verstuurd else None,
        )
        ToelichtingRegel.objects.create(
            gemeente=toewijzing.gemeente,
            aanbieder_id=toewijzing.aanbieder_id,
            toelichting=vorm,
            toewijzing=toewijzing,
            soort=ToelichtingSoort.WIJZIGING if papier.zwaarte else ToelichtingSoort.BEEINDIGING,
            gevraagde_trede=self.trede(dossier, papier.zwaarte),
            huidige_situatie=self.schrijf("situatie", dossier, lijn),
            reden=self.schrijf(papier.reden, dossier, lijn),
            behaald=papier.behaald,
            behaald_toelichting=self.schrijf(
                "behaald_ja" if papier.behaald else "behaald_nee", dossier, lijn
            ),
        )

    def evaluatie(self, dossier: Dossier, lijn: Lijn, papier: Evaluatiepapier, op: datetime) -> None:
        toewijzing = self.toewijzing(dossier, lijn)
        naam = toewijzing.gemeente.evaluatiedocument
        Evaluatie.objects.create(
            gemeente=toewijzing.gemeente,
            aanbieder_id=toewijzing.aanbieder_id,
            beschikking=toewijzing.beschikking,
            toewijzing=toewijzing,
            monitoringsmoment=self._moment(toewijzing),
            document=self._document(dossier, lijn, toewijzing, op),
            documentnaam=naam,
            ontvangen_datum=papier.op,
            vervolg_nodig=True,
            behaald=papier.behaald,
            gevraagde_trede=self.trede(dossier, papier.zwaarte),
            reden=self.schrijf("vervolg" if papier.behaald else "niet_behaald", dossier, lijn),
            ingediend_op=op,
            ingediend_door=self.wereld.medewerker(lijn.agb),
        )

    def _moment(self, toewijzing: Toewijzing) -> Monitoringsmoment | None:
        return Monitoringsmoment.objects.filter(beschikking_id=toewijzing.beschikking_id).open().first()

    def _document(self, dossier: Dossier, lijn: Lijn, toewijzing: Toewijzing, op: datetime) -> Document:
        soort = DocumentSoort(toewijzing.gemeente.evaluatiedocument)
        inhoud = maak_pdf(
            soort.label.capitalize(),
            (
                f"Cliënt: {toewijzing.client}",
                f"Beschikking {dossier.nummer}, toewijzing {lijn.nummer}",
                f"Datum: {op:%d-%m-%Y}",
                "",
                "Dit is een verzonnen document voor de demo.",
                merk(dossier.client.gemeente, lijn.agb),
            ),
        )
        document = Document.objects.create(
            gemeente=toewijzing.gemeente,
            aanbieder_id=toewijzing.aanbieder_id,
            beschikking=toewijzing.beschikking,
            soort=soort,
            naam=f"{soort.value}-{lijn.nummer}.pdf",
            mediatype="application/pdf",
            grootte=len(inhoud),
            sha256=hashlib.sha256(inhoud).hexdigest(),
            status=DocumentStatus.VRIJ,
            geupload_op=op,
            geupload_door=self.wereld.medewerker(lijn.agb),
        )
        versleuteld = bos().versleutel_bytes(inhoud, context("beschikkingen_document", document.kenmerk))
        DocumentInhoud.objects.create(document=document, versleuteld=versleuteld)
        return document

    # --- the municipality -----------------------------------------------------------------------------------
    def vraag(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        evaluatie = self._evaluatie(dossier, lijn)
        InformatieVraag.objects.create(
            gemeente_id=evaluatie.gemeente_id,
            aanbieder_id=evaluatie.aanbieder_id,
            beschikking_id=evaluatie.beschikking_id,
            evaluatie=evaluatie,
            vraag=self.schrijf("vraag", dossier, lijn),
            gesteld_op=op,
            gesteld_door=self.wereld.consulent(dossier.client.gemeente),
        )
        Evaluatie.objects.filter(pk=evaluatie.pk).update(status=EvaluatieStatus.INFO_GEVRAAGD)

    def antwoord(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        evaluatie = self._evaluatie(dossier, lijn)
        InformatieVraag.objects.filter(evaluatie=evaluatie).update(
            antwoord=self.schrijf("antwoord", dossier, lijn),
            beantwoord_op=op,
            beantwoord_door=self.wereld.medewerker(lijn.agb),
        )
        Evaluatie.objects.filter(pk=evaluatie.pk).update(status=EvaluatieStatus.INGEDIEND)

    def gesprek(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        toewijzing = self.toewijzing(dossier, lijn)
        Gesprek.objects.create(
            gemeente=toewijzing.gemeente,
            beschikking=toewijzing.beschikking,
            monitoringsmoment=self._moment(toewijzing),
            datum=op.date(),
            deelnemers=["client", "aanbieder", "consulent"],
            verslag=self.schrijf("gesprek", dossier),
            vastgelegd_op=op,
            vastgelegd_door=self.wereld.consulent(dossier.client.gemeente),
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
        stappen = Stap.objects.filter(toewijzing=toewijzing, volgnummer=uitspraak.stap or 0)
        regels = ToelichtingRegel.objects.filter(toewijzing=toewijzing).ingediend()
        regel = regels.select_related("toelichting").last()
        return Oordeel(
            uitkomst=uitspraak.uitkomst,
            paragraaf=uitspraak.paragraaf,
            vervolg=uitspraak.vervolg,
            resultaatdatum=uitspraak.slaat_op,
            redenen=uitspraak.redenen,
            toelichting=self.schrijf("resultaat", dossier),
            trede_naar=self.trede(dossier, uitspraak.zwaarte_naar),
            stap=stappen.first(),
            monitoringsmoment=self._moment(toewijzing) if dossier.monitoring_gedaan else None,
            stop=Stop.objects.filter(toewijzing=toewijzing).geldig().last(),
            evaluatie=Evaluatie.objects.filter(toewijzing=toewijzing).last(),
            formulier=regel.toelichting if regel else None,
        )

    def volgend_moment(self, dossier: Dossier, lijn: Lijn, op: datetime) -> None:
        toewijzing = self.toewijzing(dossier, lijn)
        assert dossier.monitoring
        Monitoringsmoment.objects.create(
            gemeente=toewijzing.gemeente, beschikking=toewijzing.beschikking, datum=dossier.monitoring
        )

    def _evaluatie(self, dossier: Dossier, lijn: Lijn) -> Evaluatie:
        return Evaluatie.objects.get(toewijzing=self.toewijzing(dossier, lijn))

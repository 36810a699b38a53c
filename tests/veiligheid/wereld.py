"""A world of three corners, each text in it marked with whose it is, so that a leak shows by itself.

    WL  Westland, De Linde   own for Westland's people and for De Linde
    WE  Westland, De Eik     own for Westland, foreign for De Linde
    DE  Delft, De Eik        foreign for both

`kenmerk_van(soort, hoek)` gives the row that an address of the matrix is about.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from beschikkingen.enums import DocumentSoort, DocumentStatus
from beschikkingen.kluis import bos, context
from beschikkingen.models import Document, DocumentInhoud, Inlezing
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from rapportage.enums_opgave import Deel
from rapportage.models import (
    Beleidsdoel,
    Gespreksactie,
    Kwartaalgesprek,
    Kwartaalopgave,
    OpgaveDeel,
    OpgaveDocument,
    OpgaveInlezing,
    OpgaveVraag,
    Publicatie,
    Rapport,
    Vaststelling,
)
from rapportage.statussen import Rapportsoort, RapportStatus
from resultaat.enums import Suitesoort, Uitkomst, Vervolg
from resultaat.models import (
    Evaluatie,
    Gesprek,
    InformatieVraag,
    RedenOptie,
    Resultaat,
    Ronde,
    SuiteLijst,
    SuiteRegel,
    Vernietigingslijst,
)
from resultaat.statussen import RondeStatus
from stopberichten.berichtinhoud import zet_inhoud, zet_retour
from stopberichten.enums import Berichtstatus, Retourstatus, ToelichtingStatus
from stopberichten.models import Toelichting, ToelichtingRegel
from techniek.models import Mail
from tests import fabriek
from wmo_portal.lib import rls

DAG = date(2026, 6, 1)
ONBEKEND = "00000000-0000-4000-8000-000000000000"


@dataclass
class Hoek:
    """One municipality with one provider, and one of everything between them. Its texts carry `merk`."""

    code: str
    gemeente: Gemeente
    aanbieder: Aanbieder
    rij: dict[str, Any] = field(default_factory=dict)

    @property
    def merk(self) -> str:
        return f"KANARIE{self.code}"


@dataclass
class Wereld:
    WL: Hoek
    WE: Hoek
    DE: Hoek
    mensen: dict[str, Gebruiker]


def bouw() -> Wereld:
    westland, delft = fabriek.westland(), fabriek.delft()
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    mensen = {
        "consulent": fabriek.consulent(westland, naam="Carla"),
        "aanbieder": fabriek.medewerker(linde, naam="Lidia"),
        "administratie": fabriek.administratie(westland, naam="Ad"),
        "contractmanager": fabriek.contractmanager(westland, naam="Kees"),
        "beheerder": fabriek.beheerder(naam="Bea"),
    }
    hoeken = [Hoek("WL", westland, linde), Hoek("WE", westland, eik), Hoek("DE", delft, eik)]
    for hoek in hoeken:
        _vul(hoek, mensen)
    return Wereld(*hoeken, mensen)


def _vul(hoek: Hoek, mensen: dict[str, Gebruiker]) -> None:
    hoek.rij |= {"gemeente": hoek.gemeente, "aanbieder": hoek.aanbieder, "regio": hoek.gemeente.regio}
    hoek.rij |= {"gebied": fabriek.gebied(), "trede": fabriek.trede(3)}
    hoek.rij["reden"] = RedenOptie.objects.get_or_create(
        regio=hoek.gemeente.regio, code="wereld", uitkomst=Uitkomst.NEE_CLIENT, tekst="Een reden"
    )[0]
    Beleidsdoel.objects.get_or_create(
        regio=fabriek.regio(), code="doel", defaults={"tekst": "Een doel", "geldig": (date(2023, 1, 1), None)}
    )
    hoek.rij["afspraken"] = SimpleNamespace(code=fabriek.regio().code, doel="doel", reden="38")
    eigen = hoek.code == "WL"
    consulent = mensen["consulent"] if eigen else fabriek.consulent(hoek.gemeente, naam=hoek.merk)
    medewerker = mensen["aanbieder"] if eigen else fabriek.medewerker(hoek.aanbieder, naam=hoek.merk)
    _dossier(hoek)
    _berichten(hoek, medewerker)
    _papieren(hoek, consulent, medewerker)
    _van_de_gemeente(hoek, consulent)
    _rapporten(hoek, mensen["contractmanager"] if eigen else consulent)
    hoek.rij["opgave"] = _opgave(hoek, medewerker, consulent)
    hoek.rij["gebruiker"] = consulent
    hoek.rij["inlogdienst"] = fabriek.inlogdienst(f"dienst-{hoek.code.lower()}", hoek.gemeente)
    hoek.rij["mail"] = Mail.objects.create(
        sleutel=f"{hoek.merk}-mail",
        aan="iemand@example.nl",
        onderwerp="Er staat werk klaar",
        tekst="Log in om te kijken.",
        aangemaakt_op=timezone.now(),
        volgende_poging_op=timezone.now(),
    )


def _dossier(hoek: Hoek) -> None:
    client = fabriek.client(hoek.gemeente, achternaam=f"{hoek.merk}naam", voornamen=f"{hoek.merk}voor")
    vandaag = timezone.localdate()
    bij = fabriek.beschikking(
        client,
        begin=vandaag - timedelta(days=300),
        eind=vandaag + timedelta(days=30),
        nummer=f"{hoek.merk}-b",
    )
    hoek.rij |= {"client": client, "beschikking": bij}
    hoek.rij["toewijzing"] = fabriek.toewijzing(bij, aan=hoek.aanbieder)
    hoek.rij["moment"] = fabriek.monitoringsmoment(bij, vandaag)


def _berichten(hoek: Hoek, medewerker: Gebruiker) -> None:
    op = hoek.rij["toewijzing"]
    fabriek.start(op)
    stop = fabriek.stop(op, "23", timezone.localdate() - timedelta(days=3))
    los = fabriek.losse_stop(op, "19", timezone.localdate())
    bericht = stop.bericht
    bericht.bestandsnaam = f"{hoek.merk}.xml"
    bericht.retour_status = Retourstatus.TE_VERSTUREN
    zet_inhoud(bericht, f"<{hoek.merk}/>".encode())
    zet_retour(bericht, f"<{hoek.merk}/>".encode())
    bericht.save()
    fout = fabriek.bericht(
        hoek.aanbieder, hoek.gemeente, status=Berichtstatus.AFGEKEURD, client=hoek.rij["client"]
    )
    zet_inhoud(fout, f"<{hoek.merk}/>".encode())
    fout.save()
    hoek.rij |= {"stop": stop, "losse_stop": los, "bericht": bericht, "afgekeurd_bericht": fout}


def _papieren(hoek: Hoek, consulent: Gebruiker, medewerker: Gebruiker) -> None:
    op, nu, merk = hoek.rij["toewijzing"], timezone.now(), hoek.merk
    toelichting = fabriek.formulier(op, door=medewerker)
    concept = fabriek.formulier(
        fabriek.toewijzing(hoek.rij["beschikking"], aan=hoek.aanbieder, gebied_naam="Wonen"),
        door=medewerker,
        status=ToelichtingStatus.CONCEPT,
    )
    document = _document(hoek, medewerker)
    for een in (toelichting, concept):
        Toelichting.objects.filter(pk=een.pk).update(
            overige_zaken=merk, verzoeker_naam=merk, zorgplan=document
        )
        ToelichtingRegel.objects.filter(toelichting=een).update(
            huidige_situatie=merk, reden=merk, behaald_toelichting=merk
        )
    eigenaren = {"gemeente": hoek.gemeente, "aanbieder": hoek.aanbieder}
    evaluatie = Evaluatie.objects.create(
        **eigenaren, beschikking=op.beschikking, toewijzing=op, document=document, documentnaam="zorgplan",
        ontvangen_datum=DAG, vervolg_nodig=True, behaald=False, reden=merk, ingediend_op=nu, ingediend_door=medewerker,
    )  # fmt: skip
    vraag = InformatieVraag.objects.create(
        **eigenaren,
        beschikking=op.beschikking,
        evaluatie=evaluatie,
        vraag=merk,
        gesteld_op=nu,
        gesteld_door=consulent,
    )
    resultaat = Resultaat.objects.create(
        **eigenaren, toewijzing=op, uitkomst=Uitkomst.NEE_NEUTRAAL, toelichting=merk, paragraaf="1C",
        vervolg=Vervolg.DOORLOPEN, resultaatdatum=DAG, geregistreerd_op=nu, geregistreerd_door=consulent,
    )  # fmt: skip
    hoek.rij |= {"toelichting": toelichting, "concept": concept, "document": document}
    hoek.rij |= {"evaluatie": evaluatie, "vraag": vraag, "resultaat": resultaat}


def _document(hoek: Hoek, medewerker: Gebruiker, *, los: bool = False) -> Document:
    """`los`: of the provider's quarter, without a municipality or a decision."""
    bij = {} if los else {"gemeente": hoek.gemeente, "beschikking": hoek.rij["beschikking"]}
    document = Document.objects.create(
        **bij, aanbieder=hoek.aanbieder, soort=DocumentSoort.CLIENTERVARING if los else DocumentSoort.ZORGPLAN,
        naam=f"{hoek.merk}.pdf", mediatype="application/pdf", grootte=9, sha256="0" * 64,
        status=DocumentStatus.VRIJ, geupload_op=timezone.now(), geupload_door=medewerker,
    )  # fmt: skip
    inhoud = bos().versleutel_bytes(hoek.merk.encode(), context("beschikkingen_document", document.kenmerk))
    DocumentInhoud.objects.create(document=document, versleuteld=inhoud)
    return document


def _van_de_gemeente(hoek: Hoek, consulent: Gebruiker) -> None:
    nu = timezone.now()
    Gesprek.objects.create(
        gemeente=hoek.gemeente, beschikking=hoek.rij["beschikking"], datum=DAG, deelnemers=["client"], verslag=hoek.merk,
        vastgelegd_op=nu, vastgelegd_door=consulent,
    )  # fmt: skip
    inlezing = Inlezing(
        gemeente=hoek.gemeente, bestandsnaam=f"{hoek.merk}.xlsx", sha256="0" * 64, geupload_op=nu,
        fouten=[{"rij": 2, "kolom": "naam", "zin": hoek.merk}], tellingen={"nieuw": 1, "gewijzigd": 0},
    )  # fmt: skip
    inlezing.inhoud = bos().versleutel_bytes(
        _leeg_werkboek(), context("beschikkingen_inlezing", inlezing.kenmerk)
    )
    inlezing.save()
    # One round a month and municipality: the two corners of Westland share it.
    ronde = Ronde.objects.filter(gemeente=hoek.gemeente).first() or Ronde.objects.create(
        gemeente=hoek.gemeente, maand=DAG, status=RondeStatus.KLAAR, begonnen_op=nu, klaar_op=nu
    )
    hoek.rij |= {"inlezing": inlezing, "ronde": ronde}
    hoek.rij |= {"suitelijst": _suitelijst(hoek, consulent), "vernietigingslijst": _weg(hoek, consulent)}


def _suitelijst(hoek: Hoek, wie: Gebruiker) -> SuiteLijst:
    lijst = SuiteLijst.objects.create(
        gemeente=hoek.gemeente, nummer=SuiteLijst.objects.count() + 1, aantal=1,
        gemaakt_op=timezone.now(), gemaakt_door=wie,
    )  # fmt: skip
    SuiteRegel.objects.create(
        gemeente=hoek.gemeente, aanbieder=hoek.aanbieder, lijst=lijst, beschikking=hoek.rij["beschikking"],
        resultaat=hoek.rij["resultaat"], soort=Suitesoort.OORDEEL, sleutel=f"oordeel:{hoek.code}", invoer=hoek.merk,
    )  # fmt: skip
    return lijst


def _weg(hoek: Hoek, wie: Gebruiker) -> Vernietigingslijst:
    """Only somebody at work can propose: the database looks at whose connection it is."""
    with rls.binnen(wie.bereik):
        return Vernietigingslijst.objects.create(
            gemeente=hoek.gemeente, client_ids=[hoek.rij["client"].pk], aantal=1, bewaartermijn_jaren=15,
            bewaartermijn_bron="Selectielijst", voorgesteld_op=timezone.now(), voorgesteld_door=wie,
            bedenktijd_tot_op=timezone.now(),
        )  # fmt: skip


def _leeg_werkboek() -> bytes:
    from beschikkingen.inlezen import werkboek

    return werkboek.sjabloon(None, timezone.now())


def _rapporten(hoek: Hoek, wie: Gebruiker) -> None:
    nu = timezone.now()
    rapport = Rapport(
        soort=Rapportsoort.UITVAL, titel=hoek.merk, status=RapportStatus.KLAAR, aanvrager=wie, aangevraagd_op=nu,
        begonnen_op=nu, klaar_op=nu, verloopt_op=nu + timedelta(days=1), bestandsnaam="uitval.pdf",
    )  # fmt: skip
    rapport.versleuteld = bos().versleutel_bytes(hoek.merk.encode(), f"rapportage_rapport|{rapport.kenmerk}")
    rapport.save()
    namen = {"gemeenten": [[hoek.gemeente.pk, hoek.gemeente.code, hoek.merk]], "aanbieders": []}
    vaststelling = Vaststelling.objects.filter(gemeenten=[hoek.gemeente.pk]).first() or Vaststelling.objects.create(
        regio=hoek.gemeente.regio, kwartaal=f"2026-K{1 if hoek.gemeente.code == '1783' else 2}",
        gemeenten=[hoek.gemeente.pk], definities="uitval-1", afspraken=[], namen=namen,
        sha256="0" * 64, vastgesteld_op=nu, vastgesteld_door=wie,
    )  # fmt: skip
    publicatie = Publicatie.objects.filter(gemeenten=[hoek.gemeente.pk]).first() or Publicatie.objects.create(
        soort="uitval", regio=hoek.gemeente.regio, kwartaal=vaststelling.kwartaal, gemeenten=[hoek.gemeente.pk],
        drempel=5, inhoud={"koppen": [], "rijen": [{"label": hoek.merk, "cellen": []}], "afgeschermd": 0,
                           "regel": "", "afronding": ""},
        sha256="0" * 64, gepubliceerd_op=nu, gepubliceerd_door=wie,
    )  # fmt: skip
    gesprek = Kwartaalgesprek.objects.create(
        regio=hoek.gemeente.regio, aanbieder=hoek.aanbieder, kwartaal=f"2026-K{1 if hoek.code != 'DE' else 2}",
        gemeenten=[hoek.gemeente.pk], verslag=hoek.merk, begonnen_op=nu, begonnen_door=wie,
    )  # fmt: skip
    actie = Gespreksactie.objects.create(
        gesprek=gesprek,
        aanbieder=hoek.aanbieder,
        tekst=hoek.merk,
        wie=hoek.merk,
        afgesproken_op=nu,
        afgesproken_door=wie,
    )
    hoek.rij |= {
        "rapport": rapport, "vaststelling": vaststelling, "publicatie": publicatie, "gesprek": gesprek,
        "gespreksactie": actie,
    }  # fmt: skip


def _opgave(hoek: Hoek, medewerker: Gebruiker, wie: Gebruiker) -> SimpleNamespace:
    """A draft of the provider, with every other part that an address names."""
    nu, merk = timezone.now(), hoek.merk
    opgave = Kwartaalopgave.objects.create(
        regio=hoek.gemeente.regio, aanbieder=hoek.aanbieder, kwartaal=f"2026-K{1 if hoek.code != 'DE' else 2}",
        gemeenten=[hoek.gemeente.pk], begonnen_op=nu, begonnen_door=medewerker,
    )  # fmt: skip
    erbij = {"opgave": opgave, "aanbieder": hoek.aanbieder}
    for deel in Deel:
        OpgaveDeel.objects.create(**erbij, deel=deel)
    vraag = OpgaveVraag.objects.create(**erbij, vraag=merk, gesteld_op=nu, gesteld_door=wie)
    inlezing = OpgaveInlezing.objects.create(
        **erbij, deel=Deel.UITVAL, bestandsnaam=merk, verslag=[], ingelezen_op=nu, ingelezen_door=medewerker
    )
    document = _document(hoek, medewerker, los=True)
    OpgaveDocument.objects.create(**erbij, document=document)
    return SimpleNamespace(
        kenmerk=opgave.kenmerk, vraag=vraag.kenmerk, inlezing=inlezing.kenmerk, document=document.kenmerk,
        gemeente=hoek.gemeente.code, deel=Deel.UITVAL.value, nummer="1", sleutel="onbekend",
    )  # fmt: skip


ROLLEN = {
    "C": Rol.CONSULENT,
    "A": Rol.AANBIEDER,
    "D": Rol.ADMINISTRATIE,
    "K": Rol.CONTRACTMANAGER,
    "B": Rol.BEHEERDER,
}

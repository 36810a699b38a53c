"""A dossier with something in every table, closed long ago, and a look through the whole database for its traces."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db import connection
from openpyxl import Workbook

from beschikkingen.enums import BeschikkingStatus, DocumentSoort, DocumentStatus, SoortBeschikking
from beschikkingen.kluis import bos, context, rapportmerk
from beschikkingen.models import (
    Beschikking,
    Client,
    Document,
    DocumentInhoud,
    Inlezing,
    Monitoringsmoment,
    Stap,
    Toewijzing,
)
from organisaties.models import Gebruiker
from rapportage.enums import Categorie
from rapportage.inzageverzoek import EIGEN
from rapportage.models import Kwartaalopgave, OpgaveCorrectie, Vaststelling, VaststellingRegel
from resultaat.enums import Suitesoort, Uitkomst, Vervolg
from resultaat.models import (
    Bewaarwijziging,
    Evaluatie,
    Gesprek,
    Herinnering,
    InformatieVraag,
    Resultaat,
    Ronde,
    RondeRegel,
    SuiteLijst,
    SuiteRegel,
    TermijnVrijstelling,
    Vernietigingslijst,
)
from resultaat.statussen import EvaluatieStatus, RondeStatus
from stopberichten.berichtinhoud import zet_inhoud, zet_retour
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Bericht, Stop, Toelichting, ToelichtingRegel
from tests import fabriek
from tests.als_app import als_eigenaar

TOEN = datetime(2008, 12, 1, 9, 0, tzinfo=UTC)
DAG = date(2008, 12, 1)


@dataclass
class Dossier:
    client: Client
    bsn: str
    naam: str
    tekst: str
    """Stands in every free text about this person."""

    @property
    def sporen(self) -> tuple[str, str, str]:
        return self.bsn, self.naam, self.tekst


def oud_dossier(
    naam: str = "Zwaluwenburg", *, gemeente=None, bsn: str = "", wie: Gebruiker | None = None
) -> Dossier:
    """Closed in 2008, its term of 15 years is over; one row at least in every table that knows a client."""
    gemeente = gemeente or fabriek.westland()
    bsn, tekst = bsn or fabriek.volgend_bsn(), f"geheim van {naam}"
    client = fabriek.client(gemeente, bsn=bsn, achternaam=naam, voornamen=naam)
    wie = wie or fabriek.consulent(gemeente)
    b = fabriek.beschikking(
        client, begin=date(2006, 1, 1), eind=date(2008, 11, 30), soort=SoortBeschikking.GETRAPT
    )
    t = fabriek.toewijzing(b)
    d = Dossier(client, bsn, naam, tekst)
    mens = fabriek.medewerker(t.aanbieder)
    stop = _berichten(t, d)
    _papieren(t, d, wie, mens, stop)
    _bijzaken(t, d, wie, stop)
    Beschikking.objects.filter(pk=b.pk).update(
        status=BeschikkingStatus.GESLOTEN,
        gesloten_op=TOEN,
        gesloten_door=wie,
        vernietigen_na_datum=date(2023, 11, 30),
    )
    Toewijzing.objects.filter(pk=t.pk).update(status="gesloten")
    Bewaarwijziging.objects.create(
        gemeente=gemeente, beschikking=b, van_datum=date(2021, 11, 30), naar_datum=date(2023, 11, 30),
        grond="langer", reden=tekst, gewijzigd_op=TOEN, gewijzigd_door=wie,
    )  # fmt: skip
    return d


def _berichten(t: Toewijzing, d: Dossier) -> Stop:
    xml = f"<Client><Bsn>{d.bsn}</Bsn><Achternaam>{d.naam}</Achternaam></Client>".encode()
    fabriek.start(t, ontvangen_op=TOEN)
    stop = fabriek.stop(t, "19", ontvangen_op=TOEN)
    Stop.objects.filter(pk=stop.pk).update(verwerkt_op=TOEN)
    for bericht in Bericht.objects.filter(gemeente=t.gemeente, aanbieder=t.aanbieder, inhoud=b""):
        zet_inhoud(bericht, xml)
        zet_retour(bericht, xml)
        bericht.bsn_index, bericht.client = d.client.bsn_index, d.client
        bericht.save()
    los = fabriek.bericht(t.aanbieder, t.gemeente, status="afgekeurd")
    zet_inhoud(los, b"geen xml " + xml)
    los.save()
    return stop


def _papieren(t: Toewijzing, d: Dossier, wie: Gebruiker, mens: Gebruiker, stop: Stop) -> None:
    document, vorm = _document(t, d, mens), _vormen(t, d, mens)
    stap = fabriek.stap(t, 1, 3, date(2006, 1, 1), date(2008, 11, 30))
    evaluatie = _gesproken(t, d, wie, document)
    _oordelen(t, d, wie, stap=stap, stop=stop, evaluatie=evaluatie, formulier=vorm)


def _document(t: Toewijzing, d: Dossier, mens: Gebruiker) -> Document:
    document = Document.objects.create(
        gemeente=t.gemeente, beschikking=t.beschikking, soort=DocumentSoort.ZORGPLAN, naam=f"{d.naam}.pdf",
        mediatype="application/pdf", grootte=9, sha256="0" * 64, status=DocumentStatus.VRIJ, geupload_op=TOEN,
        geupload_door=mens,
    )  # fmt: skip
    DocumentInhoud.objects.create(
        document=document,
        versleuteld=bos().versleutel_bytes(
            d.tekst.encode(), context("beschikkingen_document", document.kenmerk)
        ),
    )
    return document


def _vormen(t: Toewijzing, d: Dossier, mens: Gebruiker) -> Toelichting:
    """One that was dealt with, which is answered, and a draft."""
    vorm = fabriek.formulier(t, door=mens, op=TOEN, status=ToelichtingStatus.AFGEHANDELD)
    concept = fabriek.formulier(t, door=mens, op=TOEN, status=ToelichtingStatus.CONCEPT)
    for een in (vorm, concept):
        Toelichting.objects.filter(pk=een.pk).update(overige_zaken=d.tekst)
        Toelichting.objects.filter(pk=een.pk).update(versie=2)  # the former version goes into the change log
        ToelichtingRegel.objects.filter(toelichting=een).update(reden=d.tekst)
    return vorm


def _gesproken(t: Toewijzing, d: Dossier, wie: Gebruiker, document: Document) -> Evaluatie:
    """The evaluation, a question with its answer and the talk."""
    eigen, mens = {"gemeente": t.gemeente, "aanbieder": t.aanbieder}, document.geupload_door
    moment = Monitoringsmoment.objects.create(
        gemeente=t.gemeente, beschikking=t.beschikking, datum=DAG, afgerond_op=TOEN, afgerond_door=wie
    )
    evaluatie = Evaluatie.objects.create(
        **eigen, beschikking=t.beschikking, toewijzing=t, document=document, documentnaam="zorgplan", ontvangen_datum=DAG,
        vervolg_nodig=False, behaald=True, reden=d.tekst, ingediend_op=TOEN, ingediend_door=mens,
        status=EvaluatieStatus.BEOORDEELD,
    )  # fmt: skip
    InformatieVraag.objects.create(
        **eigen, beschikking=t.beschikking, evaluatie=evaluatie, vraag=d.tekst, gesteld_op=TOEN, gesteld_door=wie,
        antwoord=d.tekst, beantwoord_op=TOEN, beantwoord_door=mens,
    )  # fmt: skip
    Gesprek.objects.create(
        gemeente=t.gemeente, beschikking=t.beschikking, monitoringsmoment=moment, datum=DAG, deelnemers=["client"],
        verslag=d.tekst, vastgelegd_op=TOEN, vastgelegd_door=wie,
    )  # fmt: skip
    return evaluatie


def _oordelen(t: Toewijzing, d: Dossier, wie: Gebruiker, *, stap: Stap, **bij: Any) -> None:
    """A judgement, its correction, and the line of it that went into Suite."""
    eigen = {"gemeente": t.gemeente, "aanbieder": t.aanbieder}
    basis = {
        **eigen, "toewijzing": t, "paragraaf": "1A", "vervolg": Vervolg.SLUITEN, "resultaatdatum": DAG,
        "geregistreerd_op": TOEN, "geregistreerd_door": wie, "toelichting": d.tekst,
    }  # fmt: skip
    eerste = Resultaat.objects.create(**basis, uitkomst=Uitkomst.NEE_CLIENT, actueel=False, stap=stap)
    tweede = Resultaat.objects.create(
        **basis, uitkomst=Uitkomst.JA, voorganger=eerste, correctie_reden=d.tekst, **bij,
    )  # fmt: skip
    lijst = SuiteLijst.objects.create(
        gemeente=t.gemeente,
        nummer=SuiteLijst.objects.count() + 1,
        aantal=1,
        gemaakt_op=TOEN,
        gemaakt_door=wie,
    )
    SuiteRegel.objects.create(
        **eigen, lijst=lijst, beschikking=t.beschikking, resultaat=tweede, soort=Suitesoort.OORDEEL,
        sleutel=f"oordeel:{tweede.pk}", invoer=d.tekst,
    )  # fmt: skip


def _bijzaken(t: Toewijzing, d: Dossier, wie: Gebruiker, stop: Stop) -> None:
    eigen = {"gemeente": t.gemeente, "aanbieder": t.aanbieder}
    ronde, _ = Ronde.objects.get_or_create(
        gemeente=t.gemeente, maand=DAG, proef=False,
        defaults={"status": RondeStatus.KLAAR, "begonnen_op": TOEN, "klaar_op": TOEN, "tellingen": {"automatisch_ja": 1}},
    )  # fmt: skip
    RondeRegel.objects.create(**eigen, ronde=ronde, stop=stop, verdict="automatisch_ja", regel="V01")
    Herinnering.objects.create(
        **eigen, toewijzing=t, soort="vooraf", weken=8, moment_datum=DAG, termijn_datum=DAG, ontvanger="post@example.nl",
        gemaakt_op=TOEN,
    )  # fmt: skip
    TermijnVrijstelling.objects.create(
        **eigen, toewijzing=t, termijn_datum=DAG, reden=d.tekst, vastgelegd_op=TOEN, vastgelegd_door=wie
    )
    inlezing = Inlezing(
        gemeente=t.gemeente, bestandsnaam="suite.xlsx", sha256="0" * 64, geupload_op=TOEN,
        fouten=[{"rij": 2, "kolom": "Achternaam", "zin": d.tekst}],
    )  # fmt: skip
    inlezing.inhoud = bos().versleutel_bytes(
        werkboek(d.bsn, d.naam), context("beschikkingen_inlezing", inlezing.kenmerk)
    )
    inlezing.save()
    merk = rapportmerk(d.client.kenmerk)
    opgave, _ = Kwartaalopgave.objects.get_or_create(
        regio=t.gemeente.regio, aanbieder=t.aanbieder, kwartaal="2008-K4",
        defaults={"gemeenten": [t.gemeente.pk], "begonnen_op": TOEN, "begonnen_door": fabriek.medewerker(t.aanbieder)},
    )  # fmt: skip
    OpgaveCorrectie.objects.create(
        opgave=opgave, aanbieder=t.aanbieder, gemeente=t.gemeente, sleutel=merk, wordt=Categorie.EXTERN.value,
        reden=d.tekst, gecorrigeerd_op=TOEN, gecorrigeerd_door=opgave.begonnen_door,
    )  # fmt: skip
    vast = Vaststelling.objects.filter(gemeenten=[t.gemeente.pk]).first() or Vaststelling.objects.create(
        regio=t.gemeente.regio, kwartaal="2008-K4" if t.gemeente.code == "1783" else "2008-K3",
        gemeenten=[t.gemeente.pk], definities="uitval-1", afspraken=[],
        namen={}, sha256="0" * 64, vastgesteld_op=TOEN, vastgesteld_door=wie,
    )  # fmt: skip
    VaststellingRegel.objects.create(
        vaststelling=vast, regio=t.gemeente.regio, gemeente=t.gemeente, aanbieder=t.aanbieder, sleutel=merk,
        categorie=Categorie.EXTERN, reden="19", zin="Gestopt met code 19 op 30-11-2008.",
    )  # fmt: skip


def werkboek(*woorden: str) -> bytes:
    boek = Workbook()
    boek.active.append(list(woorden))
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


# --- Looking through everything ------------------------------------------------------------------------------------
def vondsten(*woorden: str) -> dict[str, set[str]]:
    """Per word the tables in which it stands: every row of every table as text, and opened what is encrypted."""
    uit: dict[str, set[str]] = {woord: set() for woord in woorden}
    for tabel, inhoud in (*_als_tekst(), *_geopend()):
        for woord in woorden:
            if woord.lower() in inhoud.lower():
                uit[woord].add(tabel)
    return uit


def _als_tekst() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relname from pg_class c"
            " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
            " and n.nspname in ('public', 'wmo_sec') order by 1"
        )
        for vol, kort in cursor.fetchall():
            cursor.execute(f"select t::text from {vol} t")
            yield from ((kort, rij) for (rij,) in cursor.fetchall())


def _geopend() -> Iterator[tuple[str, str]]:
    """Every encrypted column there is; `sleutelwissel` names them all, or a test of its own fails."""
    from rapportage.sleutelwissel import KOLOMMEN
    from resultaat.actions.vernietigsporen import _delen

    for kolom in KOLOMMEN:
        rijen = kolom.model._default_manager.exclude(**{kolom.veld: None}).exclude(**{kolom.veld: b""})
        for kenmerk, inhoud in rijen.values_list(kolom.kenmerk, kolom.veld):
            open_ = bos().ontsleutel_bytes(inhoud, context(kolom.soort, kenmerk))
            for deel in _delen(open_):
                yield f"{kolom.model._meta.db_table} (geopend)", deel.decode("utf-8", errors="ignore")


def rijen_van_client(client_id: int, index: bytes) -> dict[str, int]:
    """Rows that still point at this client by column, in any table: nothing but the log may."""
    uit = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label not in EIGEN:
                continue  # another word "client": that of a log-in service
            kolommen = {veld.column for veld in model._meta.concrete_fields}
            for kolom, waarde in (("client_id", client_id), ("bsn_index", index)):
                if kolom in kolommen:
                    cursor.execute(
                        f'select count(*) from {model._meta.db_table} where "{kolom}" = %s', [waarde]
                    )
                    if aantal := cursor.fetchone()[0]:
                        uit[f"{model._meta.db_table}.{kolom}"] = aantal
    return uit


def verstrijk(lijst: Vernietigingslijst, dagen: int) -> None:
    """Time passes: only who owns the table can pretend so, with the guard off."""
    with als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
        cursor.execute("alter table resultaat_vernietigingslijst disable trigger bewaakt")
        cursor.execute(
            "update resultaat_vernietigingslijst set voorgesteld_op = voorgesteld_op - make_interval(days => %s),"
            " bedenktijd_tot_op = bedenktijd_tot_op - make_interval(days => %s) where id = %s",
            [dagen, dagen, lijst.pk],
        )
        cursor.execute("set constraints all immediate; set constraints all deferred")
        cursor.execute("alter table resultaat_vernietigingslijst enable trigger bewaakt")
    lijst.refresh_from_db()

"""Each invariant is silent on good papers and speaks when its own thing is broken on purpose."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from meldingen.actions import verstuur
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.actions.ronde import voer_ronde_uit
from resultaat.actions.ronde_terug import draai_terug
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.invarianten import INVARIANTEN, overtredingen
from resultaat.models import Resultaat
from tests import fabriek
from wmo_portal.lib.perioden import Maand

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.als_eigenaar("breaks the papers on purpose, past triggers and keys"),
]

EIND = date(2026, 9, 30)
OP = datetime(2026, 10, 8, 6, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def een_drukke_maand():
    """A round that was undone, one that stands, a correction by a consulent, and a day of reminders."""
    gemeente = fabriek.westland(ronde_automatisch=True)
    for n in range(4):
        toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND))
        if n:
            fabriek.formulier(toewijzing)
        fabriek.stop(toewijzing)
    wat = {"gemeente": gemeente, "maand": Maand(2026, 9), "proef": False, "door": None, "moment": OP}
    eerste = voer_ronde_uit(**wat).ronde
    draai_terug(ronde=eerste, door=fabriek.administratie(), reden="Oefening.", moment=OP)
    ronde = voer_ronde_uit(**wat).ronde
    ja = Resultaat.objects.actueel().order_by("pk").first()
    registreer(
        toewijzing=ja.toewijzing,
        oordeel=Oordeel(
            uitkomst=Uitkomst.NEE_NEUTRAAL,
            paragraaf=Paragraaf.P4,
            vervolg=Vervolg.SLUITEN,
            resultaatdatum=EIND,
            toelichting="Verhuisd.",
        ),
        door=fabriek.consulent(),
        moment=OP,
        corrigeert=ja,
        correctie_reden="Nieuwe informatie.",
    )
    fabriek.toewijzing()
    verstuur(vandaag=OP.date(), moment=OP)
    return ronde


def sql(tekst: str) -> None:
    """Break something, past the constraints that would normally refuse it."""
    with connection.cursor() as cursor:
        for opdracht in tekst.split(";"):
            if opdracht.strip():
                cursor.execute(opdracht)


JA = "(select min(id) from resultaat_resultaat where actueel and ronde_id is not null)"
BREUKEN = {
    "I2 een stop heeft hoogstens één geldend resultaat": (
        "alter table resultaat_resultaat drop constraint if exists resultaat_een_actueel;"
        "drop index if exists resultaat_een_actueel;"
        f"update resultaat_resultaat set actueel = true, ingetrokken_op = null"
        f" where stop_id = (select stop_id from resultaat_resultaat where id = {JA})"
    ),
    "I3 elke stop met ‘automatisch ja’ heeft een resultaat dat ervan weet": (
        f"update resultaat_resultaat set stop_id = null where id = {JA}"
    ),
    "I3 elk ‘ja’ van een ronde staat op een regel van die ronde": (
        f"update resultaat_ronderegel set resultaat_id = null where resultaat_id = {JA}"
    ),
    "I3 een afgehandelde stop van een ronde heeft een regel die dat zegt": (
        "update resultaat_ronderegel set handelde_af = false"
    ),
    "I5 een herinnering gaat hoogstens één keer per moment en ontvanger": (
        "alter table resultaat_herinnering drop constraint herinnering_eenmaal;"
        "insert into resultaat_herinnering (gemeente_id, aanbieder_id, toewijzing_id, soort, weken, moment_datum,"
        " termijn_datum, ontvanger, mail_sleutel, gemaakt_op) select gemeente_id, aanbieder_id, toewijzing_id, soort,"
        " weken, moment_datum, termijn_datum, ontvanger, mail_sleutel, gemaakt_op from resultaat_herinnering"
    ),
    "I5 elke herinnering heeft haar mail": "delete from techniek_mail",
    "I7 elk resultaat staat in het logboek": (
        f"update resultaat_resultaat set kenmerk = gen_random_uuid() where id = {JA}"
    ),
    "I9 hoogstens één verzamelmail per ontvanger per dag": (
        "insert into techniek_mail (id, sleutel, aan, onderwerp, tekst, status, pogingen, aangemaakt_op,"
        " volgende_poging_op, fout) select gen_random_uuid(), sleutel || ':2', aan, onderwerp, tekst, status,"
        " pogingen, aangemaakt_op, volgende_poging_op, fout from techniek_mail"
    ),
    "I10 geen regel, resultaat of herinnering wijst naar een andere gemeente": (
        "alter table resultaat_ronderegel drop constraint ronderegel_ronde_fk;"
        "alter table resultaat_ronderegel drop constraint ronderegel_stop_fk;"
        "alter table resultaat_ronderegel drop constraint ronderegel_resultaat_fk;"
        "update resultaat_ronderegel set gemeente_id = (select id from organisaties_gemeente where code = '0503')"
    ),
    "I11 één ronde per gemeente en maand": (
        "drop index ronde_een_per_maand;"
        "insert into resultaat_ronde (kenmerk, gemeente_id, maand, proef, status, begonnen_op, totaal, gedaan,"
        " tellingen, fout, teruggedraaid_reden, pogingen) select gen_random_uuid(), gemeente_id, maand, false,"
        " 'bezig', begonnen_op, 0, 0, '{}', '', '', 0 from resultaat_ronde where status = 'klaar'"
    ),
    "I11 geen maand overgeslagen waar de ronde vanzelf loopt": (
        "insert into resultaat_ronde (kenmerk, gemeente_id, maand, proef, status, begonnen_op, totaal, gedaan,"
        " tellingen, fout, teruggedraaid_reden, pogingen) select gen_random_uuid(), gemeente_id, '2026-12-01', false,"
        " 'bezig', begonnen_op, 0, 0, '{}', '', '', 0 from resultaat_ronde where status = 'klaar'"
    ),
    "I11 de tellingen van een klare ronde zijn haar regels": (
        "update resultaat_ronde set tellingen = '{\"automatisch_ja\": 9}' where status = 'klaar'"
    ),
    "I13 een gesloten dossier heeft een geldend resultaat": (
        "update resultaat_resultaat set actueel = false"
    ),
    "I13 in een gesloten dossier staat geen gebied zonder oordeel open": (
        "update beschikkingen_beschikking set status = 'gesloten', gesloten_op = now()"
    ),
    "I13 geen dossier is dicht door een teruggedraaide ronde": (
        "update resultaat_ronde set status = 'teruggedraaid', teruggedraaid_op = now(),"
        " teruggedraaid_reden = 'Met de hand.' where status = 'klaar'"
    ),
    "I13 een teruggedraaide ronde heeft geen geldend resultaat": (
        "update resultaat_ronde set status = 'teruggedraaid', teruggedraaid_op = now(),"
        " teruggedraaid_reden = 'Met de hand.' where status = 'klaar'"
    ),
}


def test_op_goede_papieren_is_alles_stil(een_drukke_maand):
    fabriek.delft()
    assert overtredingen() == {}


def test_voor_elke_regel_is_er_een_breuk():
    assert set(BREUKEN) == set(INVARIANTEN)


@pytest.mark.parametrize("naam", INVARIANTEN)
def test_gebroken_met_opzet_wordt_gezien(een_drukke_maand, naam):
    fabriek.delft()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    sql(BREUKEN[naam])
    assert naam in overtredingen()

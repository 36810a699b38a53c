"""Reminders: on which days, and each of them once, whoever runs it, how often, and at the same moment."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beschikkingen.models import Toewijzing
from meldingen import actions as dagmail
from resultaat.actions import herinneringen
from resultaat.models import Herinnering
from resultaat.queries.termijnen import termijnen, venster
from techniek.models import Mail
from tests import fabriek
from tests.resultaat.herinneringhulp import (
    AMSTERDAM,
    DAG,
    EIND,
    dateer_wijziging,
    draai,
    draai_alle_dagen,
    op,
)
from tests.tegelijk import vijf_tegelijk, zonder_sloten

pytestmark = pytest.mark.django_db


# --- When -------------------------------------------------------------------------------------------------------------
def test_12_10_en_8_weken_vooraf_en_daarna_elke_week(jansen):
    assert draai_alle_dagen(date(2026, 10, 6), date(2026, 11, 20)) == [
        date(2026, 10, 8),
        date(2026, 10, 22),
        date(2026, 11, 5),
        date(2026, 11, 12),
        date(2026, 11, 19),
    ]
    assert list(
        Herinnering.objects.order_by("moment_datum").values_list("soort", "weken", "termijn_datum")
    ) == [
        ("vooraf", 12, date(2026, 11, 5)),
        ("vooraf", 10, date(2026, 11, 5)),
        ("vooraf", 8, date(2026, 11, 5)),
        ("te_laat", 1, date(2026, 11, 5)),
        ("te_laat", 2, date(2026, 11, 5)),
    ]


def test_de_momenten_van_de_gemeente():
    gemeente = fabriek.westland(herinner_weken=[16, 9])
    t = fabriek.toewijzing(fabriek.beschikking(fabriek.client(gemeente)))
    fabriek.medewerker(t.aanbieder)
    assert draai_alle_dagen(date(2026, 9, 8), date(2026, 9, 18)) == [date(2026, 9, 10)]
    assert draai_alle_dagen(date(2026, 10, 20), date(2026, 11, 5)) == [date(2026, 10, 29)]


def test_op_een_vrije_dag_gaat_de_herinnering_de_werkdag_ervoor():
    """Ends on 19 March 2027; twelve weeks before is Christmas Day, so the mail goes on the 24th."""
    t = fabriek.toewijzing(fabriek.beschikking(eind=date(2027, 3, 19)))
    fabriek.medewerker(t.aanbieder)
    assert draai_alle_dagen(date(2026, 12, 22), date(2026, 12, 27)) == [date(2026, 12, 24)]
    assert Herinnering.objects.get().moment_datum == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("eind", "acht_weken"),
    [
        (date(2028, 4, 25), date(2028, 2, 29)),  # leap day
        (date(2028, 4, 24), date(2028, 2, 28)),
        (
            date(2027, 5, 23),
            date(2027, 3, 25),
        ),  # 28 March: clocks forward, Easter; Goede Vrijdag is no working day
        (date(2026, 12, 20), date(2026, 10, 23)),  # 25 October: clocks back, a Sunday; so Friday
        (date(2027, 3, 31), date(2027, 2, 3)),
        (date(2027, 2, 28), date(2027, 1, 1) - DAG),  # 3 January is a Sunday, 1 January a holiday
    ],
)
def test_schrikkeldag_klok_verzetten_en_maandeinden(eind, acht_weken):
    t = fabriek.toewijzing(fabriek.beschikking(begin=date(2026, 1, 1), eind=eind))
    fabriek.westland(herinner_weken=[8])
    fabriek.medewerker(t.aanbieder)
    assert draai(acht_weken - DAG).mails == 0
    assert draai(acht_weken).mails == 1
    assert Herinnering.objects.get().moment_datum == eind - timedelta(days=56)


def test_kort_na_middernacht_in_de_zomer_telt_de_nederlandse_dag(jansen):
    """00:30 in Amsterdam is still yesterday in UTC."""
    draai(date(2026, 10, 8), moment=datetime(2026, 10, 8, 0, 30, tzinfo=AMSTERDAM))
    assert draai(date(2026, 10, 8), uur=9).mails == 0
    assert Herinnering.objects.count() == 1


def test_een_verkorte_termijn_wordt_meteen_gemeld():
    b = fabriek.beschikking(begin=date(2026, 11, 16), eind=EIND, registratiedatum=date(2026, 11, 16))
    t = fabriek.toewijzing(b)
    fabriek.medewerker(t.aanbieder)
    assert draai_alle_dagen(date(2026, 11, 10), date(2026, 12, 8)) == [date(2026, 11, 16), date(2026, 12, 7)]
    assert list(Herinnering.objects.order_by("pk").values_list("soort", "termijn_datum")) == [
        ("verkort", date(2026, 11, 30)),
        ("te_laat", date(2026, 11, 30)),
    ]


def test_een_monitoringsmoment_telt_als_einde_en_alleen_het_open():
    b = fabriek.beschikking(eind=None)
    t = fabriek.toewijzing(b)
    fabriek.medewerker(t.aanbieder)
    oud = fabriek.monitoringsmoment(b, date(2026, 6, 1))
    oud.afgerond_op, oud.afgerond_door = op(date(2026, 6, 1)), fabriek.consulent()
    oud.save()
    fabriek.monitoringsmoment(b, EIND)
    assert draai_alle_dagen(date(2026, 10, 6), date(2026, 11, 6)) == [
        date(2026, 10, 8),
        date(2026, 10, 22),
        date(2026, 11, 5),
    ]


# --- Once -------------------------------------------------------------------------------------------------------------
def test_twee_keer_op_een_dag_is_een_mail(jansen):
    assert (draai(date(2026, 10, 8)).mails, draai(date(2026, 10, 8), 12).mails) == (1, 0)
    assert Mail.objects.count() == 1


def test_twintig_dagen_uitval_wordt_in_een_mail_ingehaald(jansen):
    """Nothing ran from 7 to 27 October: both moments are noted, one mail tells it."""
    draai(date(2026, 10, 6))
    uitslag = draai(date(2026, 10, 27))
    assert (uitslag.herinneringen, uitslag.mails) == (2, 1)
    assert draai(date(2026, 10, 28)).mails == 0


def test_een_nieuwe_einddatum_verschuift_zonder_dubbele_mail(jansen):
    """Told on 8 October about 31 December; the next day the end becomes 4 January: not told again the same week."""
    draai(date(2026, 10, 8))
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=date(2027, 1, 4))
    dateer_wijziging(jansen, date(2026, 10, 9))
    assert draai_alle_dagen(date(2026, 10, 9), date(2026, 11, 9)) == [date(2026, 10, 26), date(2026, 11, 9)]


def test_een_verschoven_einde_begint_later_opnieuw_en_de_oude_blijft_in_de_geschiedenis(jansen):
    draai(date(2026, 10, 8))
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=date(2027, 6, 30))
    dateer_wijziging(jansen, date(2026, 10, 9))
    assert draai_alle_dagen(date(2027, 4, 5), date(2027, 4, 8)) == [date(2027, 4, 7)]
    assert Herinnering.objects.filter(weken=12).count() == 2


def test_wat_na_de_mail_van_vandaag_opkomt_wacht_tot_morgen(jansen):
    draai(date(2026, 10, 8))
    tweede = fabriek.toewijzing(
        fabriek.beschikking(fabriek.client(achternaam="Bakker")), aan=jansen.aanbieder
    )
    assert draai(date(2026, 10, 8), 15).mails == 0
    assert not Herinnering.objects.filter(toewijzing=tweede).exists(), "no reminder noted without its mail"
    assert draai(date(2026, 10, 9)).mails == 1
    assert Herinnering.objects.get(toewijzing=tweede).mail_sleutel == "dagmail:2026-10-09:sanne@example.nl"


# --- Cost -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("aantal", [1, 3])
def test_het_aantal_vragen_hangt_niet_van_het_aantal_clienten_af(aantal, django_assert_num_queries):
    aanbieder = fabriek.aanbieder()
    fabriek.medewerker(aanbieder)
    for _ in range(aantal):
        fabriek.toewijzing(aan=aanbieder)
    # choices 1, who had mail 1; municipalities 1; per municipality 4; recipients 2; what was sent 1;
    # per recipient: begin, rows, look for the mail, its own savepoint 3, log, end; the copy: 3
    with django_assert_num_queries(2 + 1 + 4 + 2 + 1 + 8 + 3):
        draai(date(2026, 10, 8))


@pytest.mark.als_eigenaar("analyze is the owner's")
def test_de_selectie_loopt_over_de_index_van_einddatums(jansen):
    """Among thousands of allocations over twenty years the few of this autumn are found without reading the rest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into beschikkingen_toewijzing (kenmerk, gemeente_id, aanbieder_id, client_id, beschikking_id,"
            " toewijzingnummer, perspectief, leveringsvorm, productcategorie, productcode, ingangsdatum, einddatum,"
            " reden_wijziging, status, hulp_niet_gestart, versie)"
            " select gen_random_uuid(), gemeente_id, aanbieder_id, client_id, beschikking_id, 500000 + n, perspectief,"
            " leveringsvorm, '', '', '2000-01-01', date '2016-01-01' + n, '', status, false, 1"
            " from beschikkingen_toewijzing t, generate_series(1, 7000) n where t.id = %s",
            [jansen.pk],
        )
        cursor.execute("set constraints all immediate")
        cursor.execute("analyze beschikkingen_toewijzing")
    van, _ = venster(date(2026, 10, 8))
    with CaptureQueriesContext(connection) as vragen:
        termijnen(Toewijzing.objects.filter(gemeente=jansen.gemeente), doel_van=van, doel_tot=van + 28 * DAG)
    with connection.cursor() as cursor:
        cursor.execute("explain " + vragen.captured_queries[0]["sql"])
        plan = "\n".join(rij[0] for rij in cursor.fetchall())
    assert "Scan using toewijzing_van_gemeente on beschikkingen_toewijzing" in plan or (
        "Bitmap Index Scan on toewijzing_van_gemeente" in plan
    )
    # (The wall of other tables may show a scan with an alias of its own, in a branch that is never run.)
    assert "Seq Scan on beschikkingen_toewijzing  (" not in plan


# --- By hand ----------------------------------------------------------------------------------------------------------
def test_het_commando_doet_alsof_het_een_andere_dag_is(jansen, capsys):
    call_command("herinneringen", vandaag="2026-10-08")
    assert "1 dagmails klaargezet (termijn 1)." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Schrijf bijvoorbeeld 2026-11-05"):
        call_command("herinneringen", vandaag="8 oktober")


# --- Five at once -----------------------------------------------------------------------------------------------------
def race(monkeypatch) -> None:
    """Nobody writes before all five have read that nothing was sent yet."""
    vijf_tegelijk(monkeypatch, herinneringen, "_verzonden", lambda: draai(date(2026, 10, 8)))


@pytest.mark.django_db(transaction=True)
def test_vijf_tegelijk_is_een_mail(monkeypatch):
    fabriek.medewerker(fabriek.toewijzing().aanbieder)
    race(monkeypatch)
    assert (Mail.objects.count(), Herinnering.objects.count()) == (1, 1)


@pytest.mark.als_eigenaar("takes a constraint off")
@pytest.mark.django_db(transaction=True)
def test_zonder_de_sloten_zijn_het_er_meer(monkeypatch):
    """Negative control: without the unique row and the key of the day, the same race sends more than one."""
    fabriek.medewerker(fabriek.toewijzing().aanbieder)
    with zonder_sloten(
        monkeypatch,
        module=herinneringen,
        sql="LEG_VAST",
        mailer=dagmail,
        model=Herinnering,
        slot="herinnering_eenmaal",
    ):
        race(monkeypatch)
        assert Mail.objects.count() == 5

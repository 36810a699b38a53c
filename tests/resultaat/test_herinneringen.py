"""Reminders: who is told what and when, once; what cancels them; that no mail names a client."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beschikkingen.enums import Leveringsvorm, SoortBeschikking
from beschikkingen.models import Toewijzing
from meldingen import actions as dagmail
from resultaat.actions import herinneringen, herinnerkopie
from resultaat.actions.vrijstelling import VrijstellingFout, stel_vrij
from resultaat.models import Evaluatie, Herinnering
from resultaat.queries.termijnen import termijnen, venster
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop
from techniek.models import Mail
from tests import fabriek
from tests.als_app import als_eigenaar
from tests.tegelijk import vijf_tegelijk, zonder_sloten

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EIND = date(2026, 12, 31)  # a Thursday; 8 weeks before is 5 November, 12 weeks before 8 October
DAG = timedelta(days=1)


def op(dag: date, uur: int = 7) -> datetime:
    return datetime.combine(dag, time(uur), AMSTERDAM)


@dataclass(frozen=True)
class Gedraaid:
    """What a run did: reminders, mails to providers, copies, and allocations of which nobody can be told."""

    herinneringen: int
    mails: int
    kopieen: int
    zonder_ontvanger: int


def draai(dag: date, uur: int = 7, moment: datetime | None = None) -> Gedraaid:
    bronnen = [herinneringen.BRON, herinnerkopie.BRON]
    uit = dagmail.verstuur(vandaag=dag, moment=moment or op(dag, uur), bronnen=bronnen)
    assert uit.fouten == []
    return Gedraaid(
        uit.gemeld["termijn"], uit.mails_met["termijn"], uit.mails_met["kopie"], uit.zonder_adres["termijn"]
    )


def draai_alle_dagen(van: date, tot: date) -> list[date]:
    """Every day of a period; the days on which a mail to a provider was made."""
    dagen = []
    while van <= tot:
        if draai(van).mails:
            dagen.append(van)
        van += DAG
    return dagen


@pytest.fixture
def jansen() -> Toewijzing:
    """Mevrouw Jansen in Westland, care until 31 December; Sanne works for her provider."""
    toewijzing = fabriek.toewijzing()
    fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    return toewijzing


def evaluatie(bij: Toewijzing, dag: date, **velden) -> Evaluatie:
    return Evaluatie.objects.create(
        gemeente=bij.gemeente,
        aanbieder=bij.aanbieder,
        beschikking=bij.beschikking,
        toewijzing=bij,
        documentnaam="evaluatieformulier",
        ontvangen_datum=dag,
        vervolg_nodig=True,
        reden="Er is nog hulp nodig.",
        ingediend_op=op(dag),
        ingediend_door=fabriek.medewerker(bij.aanbieder, is_active=False),
        **velden,
    )


# --- When ------------------------------------------------------------------------------------------------------------
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


# --- Not, or no longer --------------------------------------------------------------------------------------------------
def test_pgb_krijgt_geen_herinnering(jansen):
    Toewijzing.objects.update(leveringsvorm=Leveringsvorm.PGB)
    assert draai(date(2026, 10, 8)).mails == 0


@pytest.mark.parametrize("reden", ["21", "23", "02", "19"])
def test_eerder_gestopt_is_geen_herinnering_meer(jansen, reden):
    fabriek.stop(jansen, reden, date(2026, 10, 1))
    assert draai(date(2026, 10, 8)).mails == 0


def test_tijdelijk_gestopt_en_ingetrokken_stops_houden_niets_tegen(jansen):
    fabriek.stop(jansen, "20", date(2026, 10, 1))
    fout = fabriek.stop(jansen, "21", date(2026, 10, 1))
    Stop.objects.filter(pk=fout.pk).update(ingetrokken_op=op(date(2026, 10, 2)), ingetrokken_in=fout.bericht)
    assert draai(date(2026, 10, 8)).mails == 1


def test_gestopt_en_opnieuw_gestart_wordt_weer_herinnerd(jansen):
    fabriek.stop(jansen, "21", date(2026, 8, 1))
    assert draai(date(2026, 10, 8)).mails == 0
    fabriek.start(jansen, date(2026, 9, 1))
    assert draai(date(2026, 10, 8)).mails == 1


def test_een_ontvangen_document_stopt_de_herinneringen(jansen):
    evaluatie(jansen, date(2026, 10, 20))
    assert draai(date(2026, 10, 22)).mails == 0


def test_een_ingetrokken_document_niet(jansen):
    evaluatie(jansen, date(2026, 10, 20), status="ingetrokken")
    assert draai(date(2026, 10, 22)).mails == 1


def test_een_document_over_een_eerder_einde_telt_niet_voor_het_nieuwe(jansen):
    """Received in April for an end in June; then the end moved to December (a 301 of 1 July)."""
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=date(2026, 6, 30))
    evaluatie(jansen, date(2026, 4, 20))
    assert draai(date(2026, 5, 5)).mails == 0
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=EIND)
    _dateer_wijziging(jansen, date(2026, 7, 1))
    assert draai(date(2026, 10, 8)).mails == 1


def _dateer_wijziging(t: Toewijzing, dag: date) -> None:
    """The change log notes the real moment; the story happens on another day."""
    spoor = apps.get_model("beschikkingen", "ToewijzingEvent")._default_manager
    laatste = spoor.filter(pgh_obj_id=t.pk).order_by("-pgh_id").first()
    with als_eigenaar():
        spoor.filter(pgh_obj_id=t.pk).exclude(pgh_id=laatste.pgh_id).update(
            pgh_created_at=op(date(2026, 1, 1))
        )
        spoor.filter(pgh_id=laatste.pgh_id).update(pgh_created_at=op(dag))


@pytest.mark.parametrize(
    ("velden", "mails"),
    [
        ({}, 0),
        ({"status": ToelichtingStatus.CONCEPT}, 1),
        ({"status": ToelichtingStatus.INGETROKKEN}, 1),
        ({"soort": ToelichtingSoort.WIJZIGING}, 1),
    ],
)
def test_een_gemelde_uitstroom_voldoet_een_concept_of_wijziging_niet(jansen, velden, mails):
    fabriek.formulier(
        jansen, door=fabriek.medewerker(jansen.aanbieder, is_active=False), op=op(date(2026, 10, 1)), **velden
    )
    assert draai(date(2026, 10, 8)).mails == mails


def test_een_vrijstelling_geldt_voor_deze_termijn_en_niet_na_een_nieuwe_einddatum(jansen):
    karin = fabriek.consulent()
    with pytest.raises(VrijstellingFout, match="waarom"):
        stel_vrij(toewijzing=jansen, termijn_datum=date(2026, 11, 5), reden=" ", door=karin, moment=op(EIND))
    wat = {
        "toewijzing": jansen,
        "termijn_datum": date(2026, 11, 5),
        "door": karin,
        "moment": op(date(2026, 10, 1)),
    }
    een, twee = stel_vrij(reden="Mevrouw verhuist.", **wat), stel_vrij(reden="Nog eens.", **wat)
    assert (een, twee.reden) == (twee, "Mevrouw verhuist.")
    assert draai(date(2026, 10, 8)).mails == 0
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=EIND + 28 * DAG)
    _dateer_wijziging(jansen, date(2026, 10, 9))
    assert draai(date(2026, 11, 5)).mails == 1


def test_een_tussenstap_krijgt_geen_herinnering_de_laatste_stap_wel():
    b = fabriek.beschikking(eind=EIND, soort=SoortBeschikking.GETRAPT)
    tussen = fabriek.toewijzing(b, einddatum=date(2026, 9, 30))
    laatste = fabriek.toewijzing(b, ingangsdatum=date(2026, 10, 1), trede=fabriek.trede(1))
    fabriek.medewerker(tussen.aanbieder)
    assert [draai(dag).mails for dag in (date(2026, 7, 8), date(2026, 8, 5), date(2026, 10, 8))] == [0, 0, 1]
    assert set(Herinnering.objects.values_list("toewijzing", flat=True)) == {laatste.pk}


def test_stappen_binnen_een_toewijzing_hebben_alleen_het_einde():
    b = fabriek.beschikking(eind=EIND, soort=SoortBeschikking.GETRAPT)
    t = fabriek.toewijzing(b)
    fabriek.stap(t, 1, 3, date(2026, 1, 1), date(2026, 9, 30))
    fabriek.stap(t, 2, 1, date(2026, 10, 1), EIND)
    fabriek.medewerker(t.aanbieder)
    assert [draai(dag).mails for dag in (date(2026, 7, 8), date(2026, 8, 5), date(2026, 10, 8))] == [0, 0, 1]


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
    _dateer_wijziging(jansen, date(2026, 10, 9))
    assert draai_alle_dagen(date(2026, 10, 9), date(2026, 11, 9)) == [date(2026, 10, 26), date(2026, 11, 9)]


def test_een_verschoven_einde_begint_later_opnieuw_en_de_oude_blijft_in_de_geschiedenis(jansen):
    draai(date(2026, 10, 8))
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=date(2027, 6, 30))
    _dateer_wijziging(jansen, date(2026, 10, 9))
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


# --- Who --------------------------------------------------------------------------------------------------------------
def test_elke_actieve_medewerker_krijgt_er_een_en_wie_weg_is_niet(jansen):
    fabriek.medewerker(jansen.aanbieder, email="omar@example.nl")
    fabriek.medewerker(jansen.aanbieder, email="weg@example.nl", is_active=False)
    draai(date(2026, 10, 8))
    assert set(Mail.objects.values_list("aan", flat=True)) == {"sanne@example.nl", "omar@example.nl"}


def test_zonder_medewerkers_gaat_de_mail_naar_de_aanbieder():
    t = fabriek.toewijzing()
    draai(date(2026, 10, 8))
    assert Mail.objects.get().aan == t.aanbieder.email


def test_zonder_enig_adres_zegt_de_taak_dat():
    t = fabriek.toewijzing()
    t.aanbieder.email = ""
    t.aanbieder.save()
    uitslag = draai(date(2026, 10, 8))
    assert (uitslag.mails, uitslag.zonder_ontvanger) == (0, 1)
    zin = dagmail.verstuur(vandaag=date(2026, 10, 8), moment=op(date(2026, 10, 8))).zin
    assert "Bij 1 × termijn is er geen e-mailadres." in zin
    assert not Herinnering.objects.exists()


def test_een_andere_aanbieder_hoort_er_niets_van(jansen):
    fabriek.medewerker(fabriek.aanbieder("De Eik"), email="eik@example.nl")
    draai(date(2026, 10, 8))
    assert not Mail.objects.filter(aan="eik@example.nl").exists()


# --- What ---------------------------------------------------------------------------------------------------------------
def test_de_mail_telt_noemt_het_juiste_document_en_geen_client(jansen):
    """Sanne has two clients in Westland and one in Delft: each municipality its own word (R17)."""
    for achternaam, gemeente in (("Bakker", fabriek.westland()), ("Visser", fabriek.delft())):
        fabriek.toewijzing(
            fabriek.beschikking(fabriek.client(gemeente, achternaam=achternaam)), aan=jansen.aanbieder
        )
    draai(date(2026, 10, 8))
    mail = Mail.objects.get()
    assert mail.onderwerp == "Wmo-portaal: document nodig voor 3 cliënten"
    assert "- Westland: evaluatieformulier voor 2 cliënten" in mail.tekst
    assert "- Delft: zorgplan voor 1 cliënt" in mail.tekst
    assert "http://localhost:8000/termijnen/" in mail.tekst
    for woord in (
        "Jansen",
        "Bakker",
        "Visser",
        "1960",
        str(jansen.toewijzingnummer),
        jansen.beschikking.nummer,
    ):
        assert woord not in mail.onderwerp + mail.tekst
    draai(date(2026, 11, 12))
    assert (
        "evaluatieformulier voor 2 cliënten, waarvan 2 te laat" in Mail.objects.latest("aangemaakt_op").tekst
    )


def test_een_client_met_twee_gebieden_is_een_client(jansen):
    fabriek.toewijzing(jansen.beschikking, aan=jansen.aanbieder, gebied_naam="Huisvesting")
    draai(date(2026, 10, 8))
    assert Mail.objects.get().onderwerp == "Wmo-portaal: document nodig voor 1 cliënt"
    assert Herinnering.objects.count() == 2


# --- The copy to the consulenten --------------------------------------------------------------------------------------
def test_de_consulent_krijgt_een_keer_per_dag_een_kopie_zonder_clienten(jansen):
    fabriek.consulent(email="karin@example.nl")
    fabriek.consulent(fabriek.delft(), email="dirk@example.nl")
    assert draai(date(2026, 10, 8)).kopieen == 1
    assert draai(date(2026, 10, 8), 12).kopieen == 0
    kopie = Mail.objects.get(aan="karin@example.nl")
    assert kopie.onderwerp == "Wmo-portaal: herinneringen verstuurd voor 1 cliënt"
    assert "- Westland: 1 cliënt, 1 aanbieder" in kopie.tekst
    assert "Jansen" not in kopie.tekst
    assert draai(date(2026, 10, 9)).kopieen == 0


def test_wat_na_de_kopie_uitging_staat_in_die_van_morgen(jansen):
    """Karin's copy went out at 7; at 8 another provider was told."""
    fabriek.consulent(email="karin@example.nl")
    draai(date(2026, 10, 8))
    ander = fabriek.toewijzing(
        fabriek.beschikking(fabriek.client(achternaam="Bakker")), aan=fabriek.aanbieder("De Eik")
    )
    fabriek.medewerker(ander.aanbieder)
    assert (draai(date(2026, 10, 8), 8).mails, draai(date(2026, 10, 8), 9).kopieen) == (1, 0)
    assert draai(date(2026, 10, 9)).kopieen == 1
    assert (
        "- Westland: 1 cliënt, 1 aanbieder"
        in Mail.objects.filter(aan="karin@example.nl").latest("aangemaakt_op").tekst
    )


# --- Cost ---------------------------------------------------------------------------------------------------------------
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


# --- By hand ------------------------------------------------------------------------------------------------------------
def test_het_commando_doet_alsof_het_een_andere_dag_is(jansen, capsys):
    call_command("herinneringen", vandaag="2026-10-08")
    assert "1 dagmails klaargezet (termijn 1)." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Schrijf bijvoorbeeld 2026-11-05"):
        call_command("herinneringen", vandaag="8 oktober")


# --- Five at once --------------------------------------------------------------------------------------------------------
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

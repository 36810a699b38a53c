"""Uitval on the screen: mevrouw De Wit and others in the third quarter of 2026, seen by a contract manager."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse

from beschikkingen.enums import Leveringsvorm
from logboek.models import Gebeurtenis
from rapportage.overzicht import Keuze
from rapportage.queries.uitval import lees_bron, uitval
from stopberichten.models import Levering, Stop
from tests import fabriek
from tests.rapportage.doorklikken import links, volg_elk_getal
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

K3 = Kwartaal(2026, 3)
VRAAG = {"kwartaal": "2026-K3"}
TOEN = datetime(2026, 9, 1, 9, 0, tzinfo=AMSTERDAM)
"""When the messages of these stories came in."""


def zorg(achternaam="De Wit", code="", op=date(2026, 8, 12), gemeente=None, aan=None, gestart=True, **velden):
    """Somebody with care since January; with a code it ended on `op`."""
    client = fabriek.client(
        gemeente or fabriek.westland(), achternaam=achternaam, afgeschermd=velden.pop("afgeschermd", False)
    )
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client), aan=aan, **velden)
    if gestart:
        start = fabriek.start(toewijzing, ontvangen_op=TOEN)
        if code:
            fabriek.stop(toewijzing, code, op, levering=start, ontvangen_op=TOEN)
    return toewijzing


def tel(wie=None, kwartaal=K3, **keuze):
    return uitval(wie or fabriek.contractmanager(), Keuze(kwartaal.periode, **keuze))


def aantallen(gevonden):
    return {c.value: n for c, n in gevonden.totaal.aantallen.items() if n}


# --- Who is counted where ----------------------------------------------------------------------------------------
def test_every_client_of_the_quarter_once():
    zorg(code="19")
    zorg("Yilmaz", code="21")
    zorg("Bakker", code="22")
    zorg("Smit")
    zorg("Vos", code="20")
    zorg("Mol", leveringsvorm=Leveringsvorm.PGB)
    zorg("Bos", gestart=False)
    gevonden = tel()
    assert aantallen(gevonden) == {"01": 1, "03": 1, "04": 1, "nog_in_zorg": 2}
    assert gevonden.totaal.uitval == 2
    assert sorted(regel.telling.buiten for regel in gevonden.buiten) == ["niet_gestart", "pgb"]


def test_a_withdrawn_stop_is_no_end():
    toewijzing = zorg()
    start = Levering.objects.get(toewijzing=toewijzing)
    stop = fabriek.stop(toewijzing, "21", date(2026, 8, 1), levering=start)
    assert aantallen(tel()) == {"03": 1}
    Stop.objects.filter(pk=stop.pk).update(ingetrokken_op=fabriek.nu(), ingetrokken_in=stop.bericht)
    assert aantallen(tel()) == {"nog_in_zorg": 1}


@pytest.mark.parametrize(
    ("vervolg_begint", "verwacht"),
    [(date(2026, 9, 30), "nog_in_zorg"), (date(2026, 10, 1), "nog_in_zorg"), (None, "nog_in_zorg")],
)
def test_code_37_with_a_follow_up_stays_in_care_whenever_that_begins(vervolg_begint, verwacht):
    """What happens after the quarter changes nothing in it: on 30 September the follow-up was waiting (R16)."""
    oud = zorg(code="37", op=date(2026, 9, 20))
    vervolg = fabriek.beschikking(oud.client, begin=date(2026, 9, 21), eind=None, voorganger=oud.beschikking)
    nieuw = fabriek.toewijzing(vervolg)
    if vervolg_begint:
        fabriek.start(nieuw, vervolg_begint)
    assert aantallen(tel()) == {verwacht: 1}


def test_code_37_without_a_follow_up_must_be_looked_at():
    zorg(code="37", op=date(2026, 9, 20))
    gevonden = tel()
    assert aantallen(gevonden) == {"02": 1}
    assert len(gevonden.na_te_kijken) == len(gevonden.afgeleid) == 1


def test_two_providers_two_counts_one_person():
    client = fabriek.client()
    for naam in ("De Linde", "De Eik"):
        fabriek.start(fabriek.toewijzing(fabriek.beschikking(client), aan=fabriek.aanbieder(naam)))
    gevonden = tel()
    assert (gevonden.totaal.totaal, gevonden.personen) == (2, 1)


def test_messages_that_wait_to_be_linked_are_said_and_not_counted():
    toewijzing = zorg()
    fabriek.losse_stop(toewijzing, "21", date(2026, 8, 1))
    zonder_start = zorg("Vos", gestart=False)
    fabriek.stop(zonder_start, "21", date(2026, 8, 1))
    gevonden = tel()
    assert aantallen(gevonden) == {"nog_in_zorg": 1}
    assert (gevonden.los.stops, gevonden.los.stops_zonder_start) == (1, 1)


# --- Whose rows --------------------------------------------------------------------------------------------------
def test_the_manager_of_westland_counts_nobody_of_delft():
    zorg()
    zorg("Canarie", gemeente=fabriek.delft())
    gevonden = tel(fabriek.contractmanager(fabriek.westland()))
    assert aantallen(gevonden) == {"nog_in_zorg": 1}
    assert [naam.naam for naam in gevonden.gemeenten] == ["Westland"]


def test_a_provider_counts_only_itself_and_has_a_row_for_every_municipality():
    fabriek.delft()
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    zorg(aan=linde)
    zorg("Canarie", aan=eik)
    gevonden = tel(fabriek.medewerker(linde))
    assert [naam.naam for naam in gevonden.aanbieders] == ["De Linde"]
    assert {naam.naam for naam in gevonden.gemeenten} == {"Westland", "Delft"}
    assert gevonden.totaal.totaal == 1


def test_a_beheerder_counts_nobody():
    zorg()
    assert tel(fabriek.beheerder()).regels == ()


@pytest.mark.parametrize("aantal", [1, 3])
def test_reading_takes_nine_queries_whatever_the_number(aantal, django_assert_num_queries):
    for n in range(aantal):
        zorg(f"Client {n}", code="19")
    wie = fabriek.contractmanager()
    assert wie.gemeente_ids
    with django_assert_num_queries(9):
        lees_bron(wie, Keuze(K3.periode)).uitval(Keuze(K3.periode))


# --- The page ----------------------------------------------------------------------------------------------------
def open_pagina(http, wie, naam="uitval", vraag=VRAAG):
    http.force_login(wie)
    return http.get(reverse(f"rapportage:{naam}"), vraag)


LIJST = "/uitval/clienten/"


def test_the_page_shows_numbers_percentages_and_the_rounding_note(http):
    zorg(code="21")
    zorg("Yilmaz")
    zorg("Bakker")
    antwoord = open_pagina(http, fabriek.contractmanager())
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "33,3%" in tekst
    assert "66,7%" in tekst
    assert "niet altijd op tot 100,0" in tekst
    assert "<svg" in tekst


def test_each_number_opens_exactly_its_clients_by_mark(http):
    manager = fabriek.contractmanager(fabriek.westland(), fabriek.delft())
    zorg("Canarie", code="21")
    zorg("Yilmaz", code="19")
    zorg("Bakker", gemeente=fabriek.delft())
    antwoord = open_pagina(http, manager)
    assert volg_elk_getal(http, antwoord, LIJST) > 8


def test_each_look_is_in_the_log_with_the_marks_that_were_seen(http):
    zorg("Canarie", code="21")
    open_pagina(http, fabriek.contractmanager(), "uitval-clienten", {**VRAAG, "categorie": "03"})
    regel = Gebeurtenis.objects.get(actie="uitval.clienten_bekeken")
    assert regel.details["aantal"] == 1
    assert regel.details["cel"]["categorie"] == "03"
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", regel.details["merken"][0])


def test_the_second_tab_says_who_was_left_out_and_why(http):
    zorg("Mol", leveringsvorm=Leveringsvorm.PGB)
    tekst = open_pagina(
        http, fabriek.contractmanager(), "uitval-clienten", {**VRAAG, "buiten": "1"}
    ).content.decode()
    assert "Alleen persoonsgebonden budget" in tekst


def test_a_shielded_client_counts_and_gives_nothing_away(http):
    zorg("Canarie", code="21", afgeschermd=True, aan=fabriek.aanbieder("Blijf van mijn lijf"))
    antwoord = open_pagina(http, fabriek.contractmanager(), "uitval-clienten", {**VRAAG, "categorie": "03"})
    tekst = antwoord.content.decode()
    assert "afgeschermd" in tekst
    assert "Blijf van mijn lijf" not in tekst
    assert "12-08-2026" not in tekst


def test_who_may_count_and_not_see_gets_numbers_without_links(http):
    zorg()
    wie = fabriek.administratie()
    assert links(open_pagina(http, wie), LIJST) == {}
    assert open_pagina(http, wie, "uitval-clienten").status_code == 404


@pytest.mark.parametrize("maak", [fabriek.consulent, fabriek.medewerker, fabriek.beheerder])
@pytest.mark.parametrize("naam", ["uitval", "uitval-clienten", "uitval-excel"])
def test_others_are_told_the_page_does_not_exist(http, maak, naam):
    assert open_pagina(http, maak(), naam).status_code == 404


@pytest.mark.parametrize("maak", [fabriek.consulent, fabriek.beheerder])
def test_who_may_not_ask_for_a_report_has_no_list_of_them(http, maak):
    """A provider does: the print of its own quarter lands there."""
    assert open_pagina(http, maak(), "mijn-rapporten").status_code == 404


@pytest.mark.parametrize(
    "vraag",
    [{"rij_gemeente": "0503"}, {"rij_aanbieder": "00000000"}, {"categorie": "09"}, {"gemeente": "0503"}],
)
def test_a_cell_of_somebody_else_does_not_exist(http, vraag):
    fabriek.delft()
    zorg()
    antwoord = open_pagina(
        http, fabriek.contractmanager(fabriek.westland()), "uitval-clienten", {**VRAAG, **vraag}
    )
    assert antwoord.status_code == 404
    assert not Gebeurtenis.objects.filter(actie="uitval.clienten_bekeken").exists()


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ({"van": "01-07-2026"}, "Vul allebei de datums in"),
        ({"van": "01-09-2026", "tot": "01-07-2026"}, "Draai de twee datums om"),
        ({"van": "gisteren", "tot": "01-07-2026"}, "niet als datum te lezen"),
        ({"kwartaal": "2026-K9"}, "Kies bij ‘Kwartaal’"),
    ],
)
def test_a_wrong_filter_says_what_to_do(http, vraag, zin):
    antwoord = open_pagina(http, fabriek.contractmanager(), vraag=vraag)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()


def test_a_free_period_counts_its_own_days(http):
    zorg(code="21", op=date(2026, 8, 12))
    wie = fabriek.contractmanager()
    tot = open_pagina(http, wie, vraag={"van": "01-08-2026", "tot": "11-08-2026"}).context["uitval"]
    met = open_pagina(http, wie, vraag={"van": "01-08-2026", "tot": "12-08-2026"}).context["uitval"]
    assert (tot.totaal.uitval, met.totaal.uitval) == (0, 1)


def test_filters_narrow_the_population(http):
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    zorg(aan=linde, gebied_naam="Financiën")
    zorg("Yilmaz", aan=eik, gebied_naam="Dagbesteding")
    wie = fabriek.contractmanager()
    for vraag in ({"aanbieder": linde.agb}, {"gebied": f"h5.{fabriek.gebied('Financiën').code}"}):
        gevonden = open_pagina(http, wie, vraag={**VRAAG, **vraag}).context["uitval"]
        assert [naam.naam for naam in gevonden.aanbieders] == ["De Linde"]


def test_the_trend_counts_each_quarter_by_itself(http):
    zorg(code="21", op=date(2026, 5, 12))
    antwoord = open_pagina(http, fabriek.contractmanager())
    verloop = {naam: verdeling for naam, verdeling, _ in antwoord.context["verloop"]}
    assert (verloop["2026-K2"].uitval, verloop["2026-K3"].uitval) == (1, 0)


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(http, aantal, django_assert_num_queries):
    for n in range(aantal):
        zorg(f"Client {n}", code="19")
    http.force_login(fabriek.contractmanager())
    http.get(reverse("rapportage:uitval"), VRAAG)
    with django_assert_num_queries(QUERIES_UITVAL):
        http.get(reverse("rapportage:uitval"), VRAAG)


QUERIES_UITVAL = 17

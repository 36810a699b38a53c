"""Agreements of a region about its quarters: a new version holds from a day on, and an old quarter never changes."""

from datetime import date

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from rapportage.actions.afspraken import (
    MagNiet,
    laat_doel_vervallen,
    leg_categorie_vast,
    leg_doel_vast,
    zet_dagen,
    zet_termijn,
)
from rapportage.enums import Categorie
from rapportage.models import Beleidsdoel, Categorieafspraak, Opgaveafspraak, Opgavetermijn
from rapportage.queries.opgave import doelen_van
from rapportage.queries.opgave_lijst import van_aanbieder
from rapportage.referentie import laad_categorieafspraken
from rapportage.views.afspraken import herinnerzin
from stopberichten.enums import RedenBeeindiging, Zekerheid
from tests import fabriek
from tests.rapportage.opgavehulp import K3, OP, contractmanager, linde_begint, regio_met_twee
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import vandaag

pytestmark = pytest.mark.django_db
DAG = OP.date()  # 5 October 2026: the third quarter has ended, opgaven over it are being made


def doel(regio, code="eigen-kracht", tekst="Eigen kracht, in andere woorden", vanaf=DAG, **meer):
    velden = {"volgorde": 2, "vandaag": DAG, "door": fabriek.beheerder(), **meer}
    return leg_doel_vast(regio=regio, code=code, tekst=tekst, vanaf=vanaf, **velden)


def code(regio, reden="38", categorie=Categorie.EXTERN, vanaf=DAG):
    return leg_categorie_vast(
        regio=regio, reden=RedenBeeindiging(reden), categorie=categorie, zekerheid=Zekerheid.ZEKER,
        uitleg="Zo afgesproken.", vanaf=vanaf, vandaag=DAG, door=fabriek.beheerder(),
    )  # fmt: skip


# --- Goals ---------------------------------------------------------------------------------------------------------
def test_a_new_version_leaves_the_quarter_that_is_being_filled_in_as_it_was():
    opgave, _ = linde_begint()
    toen = [d.doel.tekst for d in doelen_van(opgave)]
    doel(opgave.regio)
    assert [d.doel.tekst for d in doelen_van(opgave)] == toen
    opgave.kwartaal = "2026-K4"
    assert "Eigen kracht, in andere woorden" in [d.doel.tekst for d in doelen_van(opgave)]
    assert Beleidsdoel.objects.filter(regio=opgave.regio, code="eigen-kracht").count() == 2


@pytest.mark.parametrize(("vanaf", "mag"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_a_version_begins_in_the_running_quarter_at_the_earliest(vanaf, mag):
    regio = regio_met_twee()
    if mag:
        doel(regio, vanaf=vanaf)
        assert Beleidsdoel.objects.filter(code="eigen-kracht", geldig__startswith=vanaf).count() == 1
        return
    with pytest.raises(MagNiet, match="Kies 01-10-2026 of een latere dag"):
        doel(regio, vanaf=vanaf)
    assert Beleidsdoel.objects.filter(code="eigen-kracht").count() == 1


def test_nothing_is_put_before_a_version_that_is_still_to_come():
    regio = regio_met_twee()
    doel(regio, vanaf=date(2027, 1, 1))
    with pytest.raises(MagNiet, match="al een versie die op of na"):
        doel(regio, vanaf=date(2026, 12, 1))


def test_a_goal_is_added_with_a_name_of_its_own_and_ends():
    regio = regio_met_twee()
    eerste = doel(regio, code="", tekst="Minder wachten", volgorde=6)
    tweede = doel(regio, code="", tekst="Minder wachten", volgorde=7)
    assert (eerste.code, tweede.code) == ("minder-wachten", "minder-wachten-2")
    weg = {"regio": regio, "code": "blijvend", "vandaag": DAG, "door": fabriek.beheerder()}
    laat_doel_vervallen(**weg, vanaf=date(2027, 1, 1))
    assert Beleidsdoel.objects.get(code="blijvend").geldig.upper == date(2027, 1, 1)
    with pytest.raises(MagNiet, match="al niet meer"):
        laat_doel_vervallen(**weg, vanaf=date(2027, 4, 1))


# --- Mapping -------------------------------------------------------------------------------------------------------
def test_a_code_counts_otherwise_from_a_day_on_and_not_before():
    regio = regio_met_twee()
    laad_categorieafspraken()
    code(regio)
    op = {dag: Categorieafspraak.objects.get(regio=regio, reden="38", geldig__contains=dag).categorie
          for dag in (K3.laatste, DAG)}  # fmt: skip
    assert list(op.values()) == ["03", "05"]
    with pytest.raises(MagNiet, match="voorbij is, verandert niets"):
        code(regio, "39", vanaf=K3.laatste)


# --- Last days -----------------------------------------------------------------------------------------------------
def test_other_days_leave_quarters_that_have_ended_their_own_day():
    opgave, wie = linde_begint()
    zet_dagen(regio=opgave.regio, dagen=60, herinner_dagen=[7, 0, 7], vandaag=DAG, door=fabriek.beheerder())
    (rij,) = van_aanbieder(wie, DAG)
    assert rij.uiterlijk == date(2026, 10, 30)
    (later,) = [r for r in van_aanbieder(wie, date(2027, 1, 5)) if str(r.kwartaal) == "2026-K4"]
    assert later.uiterlijk == date(2027, 3, 1)
    assert Opgaveafspraak.objects.get(regio=opgave.regio).herinner_dagen == [7, 0]


def test_one_quarter_has_another_last_day():
    opgave, wie = linde_begint()
    wat = {"regio": opgave.regio, "kwartaal": K3, "vandaag": DAG, "door": contractmanager()}
    zet_termijn(**wat, uiterste_datum=date(2026, 11, 16))
    zet_termijn(**wat, uiterste_datum=date(2026, 11, 20))
    assert van_aanbieder(wie, DAG)[0].uiterlijk == date(2026, 11, 20)
    for fout, zin in ((K3.laatste, "Kies een dag na"), (date(2026, 10, 4), "al voorbij")):
        with pytest.raises(MagNiet, match=zin):
            zet_termijn(**wat, uiterste_datum=fout)
    assert Opgavetermijn.objects.count() == 1


# --- The pages -----------------------------------------------------------------------------------------------------
def pad(naam, *wat):
    return reverse(f"rapportage:{naam}", args=[fabriek.regio().code, *wat])


def test_the_beheerder_lays_down_a_new_version_and_the_page_shows_both(http):
    regio_met_twee()
    laad_categorieafspraken()
    http.force_login(fabriek.beheerder())
    volgend = Kwartaal.van(vandaag()).laatste.replace(day=1)
    velden = {"tekst": "Eigen kracht eerst", "volgorde": "2", "vanaf": f"{volgend:%d-%m-%Y}"}
    assert http.post(pad("doel", "eigen-kracht"), velden).status_code == 302
    pagina = http.get(pad("regioafspraken")).content.decode()
    assert "Eigen kracht eerst" in pagina
    assert "Versterken eigen kracht" in pagina
    te_vroeg = http.post(pad("doel", "voorliggend"), velden | {"vanaf": "01-01-2024"})
    assert te_vroeg.status_code == 422
    assert "Eigen kracht eerst" in te_vroeg.content.decode(), "what was typed is still there"
    keuze = {
        "categorie": "05",
        "zekerheid": "zeker",
        "uitleg": "Afgesproken.",
        "vanaf": f"{volgend:%d-%m-%Y}",
    }
    assert http.post(pad("categorieafspraak", "38"), keuze).status_code == 302
    assert http.post(pad("opgavedagen"), {"dagen": "45", "herinner_dagen": "10, 2, 0"}).status_code == 302
    assert http.post(pad("opgavedagen"), {"dagen": "45", "herinner_dagen": "tien"}).status_code == 422
    assert http.post(pad("doel-vervalt", "blijvend"), {"vanaf": f"{volgend:%d-%m-%Y}"}).status_code == 302
    assert Gebeurtenis.objects.filter(object_soort="regio").count() == 4
    for naam in ("doel", "categorieafspraak"):
        assert http.get(pad(naam, "bestaat-niet")).status_code == 404


def test_a_contract_manager_of_the_whole_region_may_and_of_a_part_not(http):
    regio_met_twee()
    http.force_login(contractmanager())
    assert http.get(pad("regioafspraken")).status_code == 200
    http.force_login(fabriek.contractmanager(email="half@example.nl"))
    assert http.get(pad("regioafspraken")).status_code == 404
    assert "U ziet geen hele regio" in http.get(reverse("rapportage:kwartaalafspraken")).content.decode()


@pytest.mark.parametrize(
    ("momenten", "zin"),
    [
        ([14, 3, 0], "14 en 3 dagen van tevoren, en op de dag zelf"),
        ([21, 14, 3], "21, 14 en 3 dagen van tevoren"),
        ([1], "1 dag van tevoren"),
        ([0], "op de dag zelf"),
    ],
)
def test_reminders_are_told_as_people_say_them(momenten, zin):
    assert herinnerzin(momenten) == zin

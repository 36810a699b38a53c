"""Forms that did not come: the list of them, and going on without after the waiting time (R10)."""

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from tests import fabriek
from tests.resultaat.bladzijde import tekst
from tests.resultaat.ronde_schermen.hulp import draai, jansen, stop_adres, zonder_formulier

pytestmark = pytest.mark.django_db


def test_de_lijst_van_ontbrekende_formulieren(http, anna):
    vers, oud, tijdelijk = zonder_formulier(3), zonder_formulier(20, "21"), zonder_formulier(5, "20")
    zonder_formulier(9, "02")
    zonder_formulier(9, leveringsvorm="pgb")
    jansen()
    antwoord = http.get(reverse("resultaat:ontbrekende-formulieren"))
    assert [stop for stop, _, _ in antwoord.context["rijen"]] == [oud, tijdelijk, vers]
    pagina = tekst(antwoord)
    assert stop_adres(oud) in pagina
    assert stop_adres(vers) not in pagina
    assert "Doorgaan zonder formulier kan vanaf 23-10-2026." in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_bij_meer_rijen(http, anna, aantal, django_assert_num_queries):
    for _ in range(aantal):
        zonder_formulier(3)
    http.get(reverse("resultaat:ontbrekende-formulieren"))
    with django_assert_num_queries(8):
        http.get(reverse("resultaat:ontbrekende-formulieren"))


def test_na_de_wachttijd_mag_anna_met_een_reden_door_en_dan_wordt_het_ja(http, anna):
    stop = zonder_formulier(14)
    draai()
    stop.refresh_from_db()
    assert stop.oordeel == "wacht_op_formulier"
    assert "Doorgaan zonder formulier" in tekst(http.get(stop_adres(stop)))
    antwoord = http.post(stop_adres(stop), {"reden": "De aanbieder is failliet."})
    assert antwoord.url == reverse("resultaat:ontbrekende-formulieren")
    stop.refresh_from_db()
    assert (stop.zonder_formulier_reden, stop.zonder_formulier_door) == ("De aanbieder is failliet.", anna)
    assert Gebeurtenis.objects.filter(actie="stop.zonder_formulier").count() == 1
    draai()
    stop.refresh_from_db()
    assert stop.oordeel == "automatisch_ja"


@pytest.mark.parametrize(
    ("dagen", "reden", "zin"),
    [
        (13, "19", "Dat kan vanaf 13-10-2026."),
        (20, "02", "Bij code 02 is geen formulier nodig."),
    ],
)
def test_te_vroeg_of_niet_nodig_zegt_waarom_het_niet_kan(http, anna, dagen, reden, zin):
    stop = zonder_formulier(dagen, reden)
    assert zin in tekst(http.get(stop_adres(stop)))
    http.post(stop_adres(stop), {"reden": "Toch maar."})
    stop.refresh_from_db()
    assert stop.zonder_formulier_op is None


def test_met_een_ontvangen_formulier_hoeft_het_niet(http, anna):
    stop = zonder_formulier(20)
    fabriek.formulier(stop.toewijzing)
    assert "Het formulier is ontvangen." in tekst(http.get(stop_adres(stop)))

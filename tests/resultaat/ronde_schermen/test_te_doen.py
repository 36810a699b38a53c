"""Which rounds wait: on the page, on the start page, and no longer when done."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from resultaat.actions.ronde_terug import draai_terug
from resultaat.models import Ronde
from resultaat.queries.rondes_te_doen import te_draaien
from resultaat.startblokken_ronde import rondeblokken
from tests import fabriek
from tests.resultaat.bladzijde import tekst
from tests.resultaat.ronde_schermen.hulp import AMSTERDAM, draai, jansen, kies
from tests.resultaat.rondehulp import OP, SEPTEMBER

pytestmark = pytest.mark.django_db


def test_op_de_eerste_ziet_anna_welke_rondes_nog_moeten(http, anna):
    jansen()
    bladzijde = tekst(http.get(reverse("resultaat:rondes")))
    assert "Nog te doen" in bladzijde
    (wacht,) = te_draaien(anna, date(2026, 10, 12))
    assert (wacht.gemeente.naam, wacht.maand, wacht.open) == ("Westland", SEPTEMBER, 1)


def test_wat_gedaan_is_wacht_niet_meer_en_wat_is_teruggedraaid_weer_wel(anna):
    jansen()
    ronde = draai()
    assert te_draaien(anna, date(2026, 10, 12)) == []
    draai_terug(ronde=ronde, door=anna, reden="Het formulier kwam later.", moment=OP)
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]


def test_een_proefdraai_of_een_ronde_voor_het_einde_van_de_maand_telt_niet(anna):
    draai(proef=True)
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]
    te_vroeg = draai()
    Ronde.objects.filter(pk=te_vroeg.pk).update(klaar_op=datetime(2026, 9, 30, 12, tzinfo=AMSTERDAM))
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]


def test_anna_ziet_geen_rondes_van_een_andere_gemeente(anna):
    fabriek.delft()
    assert {w.gemeente.naam for w in te_draaien(anna, date(2026, 10, 12))} == {"Westland"}


def test_de_tegel_telt_de_rijen_van_de_lijst_en_vraagt_steeds_evenveel(anna, django_assert_num_queries):
    jansen()
    with django_assert_num_queries(4):  # one for her municipalities
        (tegel,) = rondeblokken(anna, date(2026, 10, 12))
    assert (tegel.aantal, tegel.opschrift) == (1, "ronde te doen")
    assert tegel.zin == "Vanaf september 2026. Begin met een proefdraai."
    assert rondeblokken(fabriek.consulent(), date(2026, 10, 12)) == []


def test_de_knop_in_de_lijst_begint_de_proefdraai(http, anna, django_capture_on_commit_callbacks):
    jansen()
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = kies(http)
    assert "Proefdraai" in tekst(http.get(antwoord.url))

"""§4. De cliënt gaat om een andere reden uit zorg: de consulent voert in of het resultaat behaald is."""

import pytest

from resultaat.actions.ronde import voer_ronde_uit
from resultaat.models import Resultaat
from tests import fabriek
from tests.verhalen.mensen import anna, dossier_van, jansen, over, registreer, scherm, werk
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def gestopt(code, formulier=True, **velden):
    """The provider sent the stop with its code, and the form where bijlage 1 asks it; the round looked at it."""
    laatste = Maand.van(vandaag()).vorige.laatste
    toewijzing = jansen(over(120), **velden)
    fabriek.stop(toewijzing, code, laatste)
    if formulier:
        fabriek.formulier(toewijzing, behaald=None)
    ronde = {"gemeente": fabriek.westland(), "maand": Maand.van(vandaag()).vorige}
    voer_ronde_uit(**ronde, proef=False, door=fabriek.administratie(), moment=nu())
    return toewijzing


@pytest.mark.parametrize("code", ["21", "22", "23", "36"])
def test_de_ronde_stuurt_de_stop_naar_de_consulent_en_zij_beslist(code):
    consulent = anna()
    toewijzing = gestopt(code)
    assert not Resultaat.objects.exists()
    assert werk(consulent) == ["stop"]
    assert "§4" in scherm(consulent, toewijzing)
    resultaat = registreer(
        consulent,
        toewijzing,
        uitkomst="nee_client",
        redenen_nee_client=["zorgmijder"],
        vervolg="sluiten",
        trede_nu="",
        afwijking_reden="Eigen oordeel.",
    )
    assert (resultaat.paragraaf, resultaat.stop.reden) == ("4", code)
    assert dossier_van(toewijzing).status == "gesloten"


@pytest.mark.parametrize(
    ("code", "reden"), [("02", "overlijden"), ("31", "verhuizing"), ("39", "overgang_wlz")]
)
def test_overlijden_verhuizing_en_een_ander_domein_zijn_neutraal_voorgesteld(code, reden):
    consulent = anna()
    toewijzing = gestopt(code, formulier=False)
    assert "Bevestig met Registreer" in scherm(consulent, toewijzing)
    assert not Resultaat.objects.exists()
    resultaat = registreer(
        consulent,
        toewijzing,
        uitkomst="nee_neutraal",
        redenen_nee_neutraal=[reden],
        vervolg="sluiten",
        trede_nu="uitstroom",
    )
    assert (resultaat.paragraaf, resultaat.redenen) == ("4", [reden])


def test_eerder_klaar_in_overeenstemming_kan_behaald_zijn():
    consulent = anna()
    toewijzing = gestopt("23")
    assert "Mogelijk behaald" in scherm(consulent, toewijzing)
    resultaat = registreer(consulent, toewijzing, uitkomst="ja", vervolg="sluiten", trede_nu="uitstroom")
    assert (resultaat.paragraaf, resultaat.uitkomst) == ("4", "ja")


def test_een_tijdelijke_stop_is_geen_einde():
    consulent = anna()
    toewijzing = gestopt("20")
    assert "De cliënt blijft in zorg" in scherm(consulent, toewijzing)
    with pytest.raises(AssertionError):
        registreer(consulent, toewijzing, uitkomst="ja", vervolg="sluiten", trede_nu="uitstroom")
    assert not Resultaat.objects.exists()
    assert dossier_van(toewijzing).status == "lopend"

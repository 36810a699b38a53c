"""§1C. De resultaten zijn niet behaald: er is vervolgondersteuning nodig."""

import pytest

from tests import fabriek
from tests.verhalen.mensen import anna, fatma, jansen, over, registreer, scherm, stuur_evaluatie, werk

pytestmark = pytest.mark.django_db


def test_de_consulent_voert_de_reden_in_waarom_het_niet_is_behaald():
    consulent = anna()
    toewijzing = jansen(over(60), zwaarte=3)
    stuur_evaluatie(
        fatma(), toewijzing, behaald=False, zwaarte=3, reden="Er was een overlijden in de familie."
    )
    assert "Advies: niet behaald" in scherm(consulent, toewijzing)
    resultaat = registreer(
        consulent,
        toewijzing,
        uitkomst="nee_client",
        redenen_nee_client=["life_event", "meer_tijd_nodig"],
        vervolg="nieuwe_beschikking",
        trede_nu=str(fabriek.trede(3).pk),
    )
    assert (resultaat.paragraaf, resultaat.uitkomst) == ("1C", "nee_client")
    assert resultaat.redenen == ["life_event", "meer_tijd_nodig"]
    assert resultaat.afwijking_reden == ""
    assert werk(consulent) == []


def test_vindt_de_consulent_het_toch_behaald_dan_schrijft_zij_op_waarom():
    consulent = anna()
    toewijzing = jansen(over(60), zwaarte=3)
    stuur_evaluatie(fatma(), toewijzing, behaald=False, zwaarte=3, reden="Niet afgeschaald.")
    keuze = {"uitkomst": "ja", "vervolg": "nieuwe_beschikking", "trede_nu": str(fabriek.trede(3).pk)}
    with pytest.raises(AssertionError, match="wijkt af van het advies"):
        registreer(consulent, toewijzing, **keuze)
    resultaat = registreer(consulent, toewijzing, **keuze, afwijking_reden="De doelen zelf zijn gehaald.")
    assert (resultaat.paragraaf, resultaat.advies) == ("1B", "niet_behaald")


def test_geen_match_na_twee_maanden_ligt_bij_de_aanbieder():
    consulent = anna()
    toewijzing = jansen(over(30))
    fabriek.formulier(toewijzing, behaald=False)
    assert "na 2 maanden" in scherm(consulent, toewijzing)
    resultaat = registreer(
        consulent,
        toewijzing,
        uitkomst="nee_zorgaanbieder",
        redenen_nee_zorgaanbieder=["geen_match_te_laat"],
        vervolg="nieuwe_beschikking",
        trede_nu="",
    )
    assert resultaat.redenen == ["geen_match_te_laat"]

"""§3. Getrapte indicatie: afschalen binnen een lopende indicatie."""

import pytest

from resultaat.models import Resultaat
from tests import fabriek
from tests.verhalen.mensen import (
    anna,
    dossier_van,
    fatma,
    getrapt,
    over,
    registreer,
    scherm,
    stuur_evaluatie,
    werk,
)
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db


def test_lukt_afschalen_dan_hoeft_er_niets_gedaan_te_worden():
    consulent = anna()
    toewijzing = getrapt(over(-10), over(200))
    assert werk(consulent) == []
    assert "Stap 1" not in scherm(consulent, toewijzing)
    assert not Resultaat.objects.exists()


def test_lukt_het_niet_dan_komt_het_wijzigingsformulier_en_een_nee_met_reden():
    consulent = anna()
    toewijzing = getrapt(over(-10), over(200))
    formulier = fabriek.formulier(toewijzing, soort="wijziging", behaald=False, op=nu())
    assert "stap" in werk(consulent)
    pagina = scherm(consulent, toewijzing, "stap-1")
    assert "§3" in pagina
    assert 'value="ja"' not in pagina
    resultaat = registreer(
        consulent,
        toewijzing,
        "stap-1",
        uitkomst="nee_client",
        redenen_nee_client=["meer_tijd_nodig"],
        vervolg="doorlopen",
        trede_nu=str(fabriek.trede(4).pk),
    )
    assert (resultaat.paragraaf, resultaat.stap.volgnummer, resultaat.formulier) == ("3", 1, formulier)
    assert dossier_van(toewijzing).status == "lopend"
    assert "stap" not in werk(consulent)


def test_aan_het_einde_van_de_laatste_stap_geldt_paragraaf_1():
    consulent = anna()
    toewijzing = getrapt(over(-150), over(40))
    stuur_evaluatie(fatma(), toewijzing, behaald=True, zwaarte=2, reden="Nog een beetje.")
    resultaat = registreer(
        consulent, toewijzing, uitkomst="ja", vervolg="nieuwe_beschikking", trede_nu=str(fabriek.trede(2).pk)
    )
    assert (resultaat.paragraaf, resultaat.stap) == ("1B", None)

"""The library against more than a thousand own messages whose verdict was written down first."""

import pytest

import iwmo
from tests.iwmo.bouw import TEKSTEN, gemaakt
from tests.iwmo.gevallen import Geval, alle

GEVALLEN = alle()


@pytest.mark.parametrize("soort", TEKSTEN)
def test_de_basisberichten_zijn_in_orde(soort: str) -> None:
    oordeel = iwmo.controleer(gemaakt(soort))
    assert (oordeel.oordeel, oordeel.niveau, oordeel.meldingen) == ("akkoord", 2, ())
    assert (oordeel.soort, oordeel.release) == (soort, "3.2")


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda geval: geval.naam)
def test_geval(geval: Geval) -> None:
    oordeel = iwmo.controleer(gemaakt(geval.soort, *geval.bewerkingen))
    gezien = [(melding.regel, melding.plaats, melding.gevonden) for melding in oordeel.meldingen]
    assert (oordeel.oordeel, oordeel.regels) == (geval.oordeel, geval.regels), gezien


def test_de_verzameling_is_groot_en_gemengd() -> None:
    """At least 500 messages, every rule of level 2 broken at least once, every outcome of a message there."""
    assert len(GEVALLEN) >= 500
    assert {geval.oordeel for geval in GEVALLEN} == {"akkoord", "afgekeurd-schema", "afgekeurd-inhoud"}
    gebroken = {regel for geval in GEVALLEN for regel in geval.regels}
    from iwmo.register import soort_van

    voor_ons = {regel.nummer for soort in ("301", "305", "307") for regel in soort_van("3.2", soort).regels}
    assert voor_ons <= gebroken

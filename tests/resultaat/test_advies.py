"""The truth table of the advice, whole: perspectief x trede then x trede now x stop code."""

from itertools import product

import pytest

from beschikkingen.enums import Perspectief
from resultaat.advies import UITGANGSPUNTEN, UITSTROOM, AdviesFeiten, Trede, advies
from resultaat.enums import AdviesSterkte, Uitkomst
from stopberichten.enums import RedenBeeindiging

WAAKVLAM, EEN, TWEE, DRIE = (
    Trede("waakvlam", 1),
    Trede("trede 1", 2),
    Trede("trede 2", 3),
    Trede("trede 3", 4),
)
TREDEN = [UITSTROOM, WAAKVLAM, EEN, TWEE, DRIE]
LANGDURIG, VERBETERING, ONBEKEND = Perspectief

# Rows: trede then (waakvlam, 1, 2, 3). Columns: trede now (uitstroom, waakvlam, 1, 2, 3). J = behaald.
WAARHEID = {
    LANGDURIG: ["JJNNN", "JJJNN", "JJJJN", "JJJJJ"],
    VERBETERING: ["JNNNN", "JJNNN", "JJJNN", "JJJJN"],
}


def vraag(perspectief, toen, nu, code=None):
    return advies(AdviesFeiten(perspectief=perspectief, trede_toen=toen, trede_nu=nu, stopcode=code))


@pytest.mark.parametrize("code", [None, RedenBeeindiging.VOLGENS_PLAN])
def test_the_truth_table_whole(code):
    for perspectief, rijen in WAARHEID.items():
        for toen, rij in zip(TREDEN[1:], rijen, strict=True):
            for nu, letter in zip(TREDEN, rij, strict=True):
                gevonden = vraag(perspectief, toen, nu, code)
                assert gevonden.behaald is (letter == "J"), (perspectief, toen, nu)
                assert gevonden.sterkte is AdviesSterkte.ADVIES
                assert gevonden.uitkomst == (Uitkomst.JA if letter == "J" else None)
                assert gevonden.uitgangspunt == UITGANGSPUNTEN[perspectief]


def test_without_perspectief_there_is_no_advice():
    for toen, nu in product([None, *TREDEN], repeat=2):
        gevonden = vraag(ONBEKEND, toen, nu)
        assert (gevonden.sterkte, gevonden.behaald, gevonden.uitkomst) == (AdviesSterkte.GEEN, None, None)
        assert "perspectief" in gevonden.zin


@pytest.mark.parametrize("perspectief", [LANGDURIG, VERBETERING])
@pytest.mark.parametrize(
    ("toen", "nu", "zin"),
    [(None, EEN, "bij de beschikking"), (EEN, None, "van nu"), (None, None, "bij de beschikking")],
)
def test_without_a_trede_there_is_no_advice(perspectief, toen, nu, zin):
    gevonden = vraag(perspectief, toen, nu)
    assert gevonden.sterkte is AdviesSterkte.GEEN
    assert zin in gevonden.zin


@pytest.mark.parametrize("code", ["02", "31", "39"])
def test_death_moving_and_another_domain_propose_neutraal_whatever_the_trede(code):
    for perspectief, toen, nu in product(Perspectief, [None, *TREDEN], [None, *TREDEN]):
        gevonden = vraag(perspectief, toen, nu, RedenBeeindiging(code))
        assert (gevonden.sterkte, gevonden.uitkomst) == (AdviesSterkte.MOGELIJK, Uitkomst.NEE_NEUTRAAL)
        assert f"stopcode {code}" in gevonden.zin


@pytest.mark.parametrize("code", ["20", "21", "22", "36", "37", "38"])
def test_a_one_sided_or_administrative_end_gives_no_advice(code):
    gevonden = vraag(VERBETERING, DRIE, UITSTROOM, RedenBeeindiging(code))
    assert gevonden.sterkte is AdviesSterkte.GEEN
    assert f"stopcode {code}" in gevonden.zin


def test_stopping_together_is_possibly_achieved_and_no_more():
    gevonden = vraag(VERBETERING, DRIE, UITSTROOM, RedenBeeindiging.IN_OVEREENSTEMMING)
    assert (gevonden.sterkte, gevonden.behaald) == (AdviesSterkte.MOGELIJK, True)
    assert gevonden.zin.startswith("Mogelijk behaald, want uitstroom")


def test_the_sentences():
    assert vraag(VERBETERING, DRIE, WAAKVLAM).zin == (
        "Behaald, want een lichtere trede (trede 3 → waakvlam) bij perspectief verbetering."
    )
    assert vraag(VERBETERING, TWEE, TWEE).zin == (
        "Niet behaald, want dezelfde trede (trede 2) bij perspectief verbetering."
    )
    assert vraag(LANGDURIG, TWEE, DRIE).zin == (
        "Niet behaald, want een zwaardere trede (trede 2 → trede 3) bij perspectief langdurig."
    )
    assert vraag(LANGDURIG, EEN, UITSTROOM).zin == (
        "Behaald, want uitstroom (was trede 1) bij perspectief langdurig."
    )


def test_only_going_against_a_firm_advice_asks_a_reason():
    vast = vraag(VERBETERING, DRIE, WAAKVLAM)
    assert not vast.wijkt_af(Uitkomst.JA)
    assert vast.wijkt_af(Uitkomst.NEE_CLIENT)
    nee = vraag(VERBETERING, DRIE, DRIE)
    assert nee.wijkt_af(Uitkomst.JA)
    assert not nee.wijkt_af(Uitkomst.NEE_ZORGAANBIEDER)
    mogelijk = vraag(VERBETERING, DRIE, UITSTROOM, RedenBeeindiging.IN_OVEREENSTEMMING)
    assert not mogelijk.wijkt_af(Uitkomst.NEE_CLIENT)
    assert not vraag(ONBEKEND, DRIE, WAAKVLAM).wijkt_af(Uitkomst.NEE_CLIENT)


def test_a_trede_cannot_be_lighter_than_leaving():
    with pytest.raises(ValueError, match="verwacht 0 of hoger"):
        Trede("onmogelijk", -1)

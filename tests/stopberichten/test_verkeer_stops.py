"""Levels 3 and 4 for stops (307), rule by rule; and the corrections as the standard shows them."""

from datetime import date

import pytest

from stopberichten.leveringen import Product
from stopberichten.verkeer import beoordeel_307
from tests.stopberichten.verkeerhulp import (
    APRIL,
    DAG,
    DAGBESTEDING,
    JUNI,
    KOP,
    MAART,
    OMGEVING,
    WEG,
    codes_305,
    codes_307,
    historie,
    start,
    stop,
)


def test_a_stop_is_accepted_and_remembered():
    verdict = beoordeel_307(KOP, [stop("19")], historie=historie(start()), omgeving=OMGEVING)
    assert verdict.geaccepteerd
    assert verdict.historie.stops == (stop("19").sleutel,)


@pytest.mark.parametrize(
    "anders",
    [
        stop("19", JUNI, APRIL),
        stop("19", JUNI, MAART, 4712),
        stop("19", JUNI, product=DAGBESTEDING),
        stop("19", JUNI, product=Product("02")),
        stop("19", JUNI, product=None),
    ],
    ids=["begindatum", "toewijzing", "product", "alleen categorie", "geen product"],
)
def test_tr382_each_key_element_of_the_start_must_be_repeated(anders):
    assert codes_307(anders, na=historie(start())) == (("9069",),)


def test_tr382_a_stop_before_its_start_and_before_its_toewijzing():
    assert codes_307(stop("19")) == (("9069",),)
    assert codes_307(stop("19"), na=historie(toewijzingen=())) == (("9019", "9069"),)


def test_tr382_a_paused_delivery_may_be_ended_until_care_was_started_again():
    tijdelijk = (start(), stop("20", date(2026, 3, 20)))
    assert codes_307(stop("19"), na=historie(*tijdelijk)) is None
    assert codes_307(stop("19"), na=historie(*tijdelijk, start(APRIL))) == (("9069",),)
    assert codes_307(stop("19", JUNI, APRIL), na=historie(*tijdelijk, start(APRIL))) is None


def test_tr413_no_second_temporary_stop():
    na = historie(start(), stop("20", JUNI))
    assert codes_307(stop("20", JUNI + DAG), na=na) == (("9413",),)
    assert codes_307(stop("20", JUNI), na=na) == (("9074", "9413"),)
    assert codes_307(stop("20", JUNI, APRIL), na=historie(start(), stop("20"), start(APRIL))) is None


@pytest.mark.parametrize(("dagen", "codes"), [(-1, (("9414",),)), (0, None), (1, None)])
def test_tr414_not_before_the_temporary_stop(dagen, codes):
    assert codes_307(stop("23", JUNI + dagen * DAG), na=historie(start(), stop("20", JUNI))) == codes


@pytest.mark.parametrize("code", ["20", "19", "23"])
def test_tr415_nothing_after_a_definitive_stop(code):
    assert codes_307(stop(code, JUNI + DAG), na=historie(start(), stop("22", JUNI))) == (("9415",),)


def test_tr415_and_tr414_together():
    assert codes_307(stop("19", JUNI - DAG), na=historie(start(), stop("22", JUNI))) == (("9414", "9415"),)


def test_tr414_looks_at_the_last_of_two_stops():
    na = historie(start(), stop("20", JUNI), stop("22", JUNI + 5 * DAG))
    assert codes_307(stop("19", JUNI + 2 * DAG), na=na) == (("9414", "9415"),)
    assert codes_307(stop("19", JUNI + 5 * DAG), na=na) == (("9415",),)


def test_tr074_the_same_stop_twice():
    assert codes_307(stop("19"), na=historie(start(), stop("19"))) == (("9074", "9415"),)


def test_tr413_to_415_look_at_number_and_begindatum_and_without_a_number_at_the_product():
    twee_producten = historie(start(), start(product=DAGBESTEDING), stop("19", JUNI))
    assert codes_307(stop("19", product=DAGBESTEDING), na=twee_producten) == (("9415",),)
    zonder = historie(
        start(nummer=None), start(nummer=None, product=DAGBESTEDING), stop("19", JUNI, nummer=None)
    )
    assert codes_307(stop("19", nummer=None, product=DAGBESTEDING), na=zonder) is None


def test_tr063_for_stops_asks_the_whole_key():
    na = historie(start(), stop("22"))
    assert codes_307(stop("19", status=WEG), na=na) == (("9063",),)
    assert codes_307(stop("22", JUNI + DAG, status=WEG), na=na) == (("9063",),)
    assert codes_307(stop("22", status=WEG), na=na) is None


@pytest.mark.parametrize("omgedraaid", [False, True])
def test_the_correction_of_a_code_in_one_message(omgedraaid):
    """Mevrouw Smit: 22 was sent, 19 was meant. Removal and new delivery stand in one 307, in either order."""
    regels = [stop("22", status=WEG), stop("19")]
    verdict = beoordeel_307(
        KOP, regels[::-1] if omgedraaid else regels, historie=historie(start(), stop("22")), omgeving=OMGEVING
    )
    assert verdict.geaccepteerd
    assert verdict.historie == historie(start(), stop("19"))


def test_a_removed_stop_opens_the_delivery_again():
    na = beoordeel_307(
        KOP, [stop("22", status=WEG)], historie=historie(start(), stop("22")), omgeving=OMGEVING
    ).historie
    assert codes_305(start(APRIL), na=na) == (("9326",),)
    assert codes_307(stop("22"), na=na) is None


def test_an_older_delivery_can_still_be_corrected_after_a_restart():
    na = historie(start(), stop("22", date(2026, 3, 20)), start(APRIL))
    verdict = beoordeel_307(
        KOP,
        [stop("22", date(2026, 3, 20), status=WEG), stop("23", date(2026, 3, 20))],
        historie=na,
        omgeving=OMGEVING,
    )
    assert verdict.geaccepteerd


def test_one_wrong_class_refuses_the_message_and_the_others_carry_0200():
    voor = historie(start(), start(APRIL, 4712))
    verdict = beoordeel_307(
        KOP,
        [stop("19"), stop("19", JUNI, MAART, 4712), stop("19", JUNI, APRIL, 4712)],
        historie=voor,
        omgeving=OMGEVING,
    )
    assert not verdict.geaccepteerd
    assert (verdict.header, verdict.client) == (("0200",), ("0200",))
    assert verdict.producten == (("0200",), ("9069",), ("0200",))
    assert verdict.historie is voor
    assert [(m.regel, m.retourcode, m.product) for m in verdict.meldingen] == [("TR382", "9069", 2)]


def test_a_failed_removal_does_not_make_room_for_the_new_delivery():
    assert codes_307(stop("23", status=WEG), stop("19"), na=historie(start(), stop("22"))) == (
        ("9063",),
        ("9415",),
    )

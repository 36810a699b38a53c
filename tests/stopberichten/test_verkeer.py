"""Levels 3 and 4, rule by rule, on both sides of each line: the header, starts (305) and allocations (301)."""

from datetime import date

import pytest

from stopberichten.leveringen import Historie, Product
from stopberichten.verkeer import beoordeel_301, beoordeel_305, beoordeel_307
from stopberichten.verkeersregels import (
    KOPREGELS,
    STARTREGELS,
    STARTREGELS_WEG,
    STOPREGELS,
    STOPREGELS_WEG,
    TOEWIJZINGREGELS,
    Gemeentefeiten,
    Kop,
    Omgeving,
    Toegewezen,
)
from tests.stopberichten.verkeerhulp import (
    APRIL,
    BEGELEIDING,
    DAG,
    DAGBESTEDING,
    JUNI,
    KOP,
    MAART,
    OMGEVING,
    VANDAAG,
    WEG,
    codes_305,
    codes_307,
    historie,
    sleutel,
    start,
    stop,
)


# --- Header -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kop", "codes"),
    [
        (KOP, ()),
        (Kop(dagtekening=VANDAAG + DAG, gemeentecode="1783"), ("8848",)),
        (Kop(dagtekening=VANDAAG - DAG, gemeentecode="1783"), ()),
        (Kop(dagtekening=VANDAAG, gemeentecode="9999"), ("S300",)),
        (Kop(dagtekening=VANDAAG, gemeentecode="1783", identificatie_bekend=True), ("9056",)),
        (
            Kop(dagtekening=VANDAAG + DAG, gemeentecode="9999", identificatie_bekend=True),
            ("9056", "8848", "S300"),
        ),
    ],
)
def test_the_header_rules_hold_for_all_three_messages(kop, codes):
    voor = historie(start())
    for verdict in (
        beoordeel_305(kop, [start(APRIL, 4712)], historie=voor, omgeving=OMGEVING),
        beoordeel_307(kop, [stop("19")], historie=voor, omgeving=OMGEVING),
        beoordeel_301(kop, [Toegewezen(9)], feiten=Gemeentefeiten(), historie=voor, omgeving=OMGEVING),
    ):
        assert (verdict.geaccepteerd, verdict.header) == (not codes, codes)
        assert (verdict.client, verdict.producten) == (None, None)
        assert (verdict.historie is voor) is bool(codes)


def test_a_wrong_header_hides_the_wrong_class_below_it():
    verdict = beoordeel_307(
        Kop(dagtekening=VANDAAG + DAG, gemeentecode="1783"),
        [stop("19")],
        historie=historie(),
        omgeving=OMGEVING,
    )
    assert [(m.regel, m.product) for m in verdict.meldingen] == [("TR135", None)]


# --- 305 --------------------------------------------------------------------------------------------------------------
def test_a_first_start_is_accepted_and_remembered():
    verdict = beoordeel_305(KOP, [start()], historie=historie(), omgeving=OMGEVING)
    assert (verdict.geaccepteerd, verdict.header, verdict.client, verdict.producten) == (True, (), None, None)
    assert verdict.historie.starts == (sleutel(),)


def test_tr019_a_start_needs_its_toewijzing():
    assert codes_305(start(nummer=9999)) == (("9019",),)
    assert codes_305(start(nummer=4711)) is None


def test_tr019_without_a_number_is_for_the_taakgerichte_variant():
    assert codes_305(start(nummer=None)) is None
    streng = Omgeving(vandaag=VANDAAG, gemeentecodes={"1783"}, nummer_verplicht=True)
    assert codes_305(start(nummer=None), omgeving=streng) == (("9019",),)


def test_tr326_no_second_start_while_one_runs():
    assert codes_305(start(APRIL), na=historie(start())) == (("9326",),)


@pytest.mark.parametrize("code", ["20", "19"])
def test_tr326_after_any_stop_a_new_start_is_allowed(code):
    assert codes_305(start(APRIL), na=historie(start(), stop(code, date(2026, 3, 20)))) is None


def test_tr326_another_product_or_toewijzing_is_another_matter():
    loopt = historie(start())
    assert codes_305(start(APRIL, 4711, DAGBESTEDING), na=loopt) is None
    assert codes_305(start(APRIL, 4712), na=loopt) is None


def test_tr074_the_same_start_twice():
    assert codes_305(start(), na=historie(start(), stop("20"))) == (("9074",),)
    assert codes_305(start(), na=historie(start())) == (("9074", "9326"),)


def test_tr074_a_removed_start_counts_as_never_sent():
    na = beoordeel_305(KOP, [start(status=WEG)], historie=historie(start()), omgeving=OMGEVING).historie
    assert na == historie()
    assert codes_305(start(), na=na) is None


def test_tr063_only_what_was_delivered_can_be_removed():
    assert codes_305(start(status=WEG)) == (("9063",),)
    assert codes_305(start(APRIL, status=WEG), na=historie(start())) == (("9063",),)
    assert codes_305(start(product=DAGBESTEDING, status=WEG), na=historie(start())) == (("9063",),)
    assert codes_305(start(status=WEG), na=historie(start())) is None


@pytest.mark.parametrize("code", ["20", "19"])
def test_tr071_a_start_under_a_stop_cannot_be_removed(code):
    assert codes_305(start(status=WEG), na=historie(start(), stop(code))) == (("9071",),)


def test_tr071_a_stop_of_another_delivery_does_not_hinder():
    na = historie(start(), stop("20"), start(APRIL))
    assert codes_305(start(APRIL, status=WEG), na=na) is None


def test_nothing_else_is_asked_of_a_removal():
    lijst = Omgeving(vandaag=VANDAAG, gemeentecodes={"1783"}, productlijst={})
    na = historie(start(), toewijzingen=())
    assert codes_305(start(status=WEG), na=na, omgeving=lijst) is None
    assert codes_305(start(), na=historie(toewijzingen=()), omgeving=lijst) == (("9019", "S329"),)


@pytest.mark.parametrize(
    ("lijst", "product", "codes"),
    [
        (None, Product("02", "07A12"), None),
        ({"02A03": "02"}, BEGELEIDING, None),
        ({"02A03": "07"}, BEGELEIDING, (("S329",),)),
        ({}, BEGELEIDING, (("S329",),)),
        ({}, Product("02"), None),
        ({}, None, None),
    ],
)
def test_tr381_only_where_a_product_list_is_kept(lijst, product, codes):
    omgeving = Omgeving(vandaag=VANDAAG, gemeentecodes={"1783"}, productlijst=lijst)
    assert codes_305(start(product=product), omgeving=omgeving) == codes
    na = historie(start(product=product))
    assert codes_307(stop("19", JUNI, product=product), na=na, omgeving=omgeving) == codes


def test_a_start_moved_to_another_day_in_one_message():
    verdict = beoordeel_305(
        KOP, [start(APRIL), start(MAART, status=WEG)], historie=historie(start(MAART)), omgeving=OMGEVING
    )
    assert verdict.geaccepteerd
    assert verdict.historie.starts == (sleutel(APRIL),)


# --- 301 --------------------------------------------------------------------------------------------------------------
def codes_301(*items, feiten=None, omgeving=OMGEVING):
    return beoordeel_301(
        KOP, items, feiten=feiten or Gemeentefeiten(), historie=Historie(), omgeving=omgeving
    ).producten


def test_a_301_makes_its_numbers_known():
    verdict = beoordeel_301(
        KOP,
        [Toegewezen(1), Toegewezen(2)],
        feiten=Gemeentefeiten(),
        historie=historie(),
        omgeving=OMGEVING,
    )
    assert verdict.geaccepteerd
    assert verdict.historie.toewijzingen == {1, 2, 4711, 4712}
    assert codes_305(start(nummer=1), na=verdict.historie) is None


def test_tr332_a_number_of_somebody_else():
    feiten = Gemeentefeiten(nummers_van_anderen={7})
    assert codes_301(Toegewezen(7), Toegewezen(8), feiten=feiten) == (("9332",), ("0200",))


@pytest.mark.parametrize(
    ("verzoeken", "referentie", "codes"),
    [
        (None, "REF-1", None),
        (set(), None, None),
        ({"REF-1"}, "REF-1", None),
        ({"REF-1"}, "REF-2", (("9379",),)),
    ],
)
def test_tr379_a_reference_belongs_to_a_request(verzoeken, referentie, codes):
    item = Toegewezen(1, referentie_aanbieder=referentie)
    assert codes_301(item, feiten=Gemeentefeiten(verzoeken=verzoeken)) == codes


@pytest.mark.parametrize(
    ("gedeclareerd", "reden", "codes"),
    [({1}, "13", (("9385",),)), ({2}, "13", None), ({1}, "05", None), (None, "13", None)],
)
def test_tr385_no_removal_of_what_was_declared(gedeclareerd, reden, codes):
    item = Toegewezen(1, reden_wijziging=reden)
    assert codes_301(item, feiten=Gemeentefeiten(gedeclareerd=gedeclareerd)) == codes


def test_tr381_for_a_301():
    omgeving = Omgeving(vandaag=VANDAAG, gemeentecodes={"1783"}, productlijst={"02A03": "07"})
    assert codes_301(Toegewezen(1, BEGELEIDING), omgeving=omgeving) == (("S329",),)


# --- The tables themselves --------------------------------------------------------------------------------------------
def test_every_rule_of_the_issue_is_there_with_its_retour_code():
    assert {r.nummer: r.retourcode for r in KOPREGELS} == {"TR056": "9056", "TR135": "8848", "TR378": "S300"}
    assert {r.nummer: r.retourcode for r in (*STARTREGELS, *STARTREGELS_WEG)} == {
        "TR019": "9019",
        "TR063": "9063",
        "TR071": "9071",
        "TR074": "9074",
        "TR326": "9326",
        "TR381": "S329",
    }
    assert {r.nummer: r.retourcode for r in (*STOPREGELS, *STOPREGELS_WEG)} == {
        "TR019": "9019",
        "TR063": "9063",
        "TR074": "9074",
        "TR381": "S329",
        "TR382": "9069",
        "TR413": "9413",
        "TR414": "9414",
        "TR415": "9415",
    }
    assert {r.nummer: r.retourcode for r in TOEWIJZINGREGELS} == {
        "TR332": "9332",
        "TR379": "9379",
        "TR381": "S329",
        "TR385": "9385",
    }
    alle = (*KOPREGELS, *STARTREGELS, *STARTREGELS_WEG, *STOPREGELS, *STOPREGELS_WEG, *TOEWIJZINGREGELS)
    assert all(regel.tekst.endswith(".") for regel in alle)

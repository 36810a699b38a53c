"""Bijlage 3 against the source, and the two months of "geen match" on both sides of the line."""

from datetime import date, timedelta

import pytest

from resultaat.enums import Uitkomst
from resultaat.opties import OPTIES, hoort_bij, match_op_tijd, suggestie
from stopberichten.enums import RedenBeeindiging

DAG = timedelta(days=1)


def test_the_four_outcomes_and_how_many_examples_each_has():
    assert [(str(o), o.label, len(rij.redenen)) for o, rij in OPTIES.items()] == [
        ("ja", "Ja", 0),
        ("nee_zorgaanbieder", "Nee, reden zorgaanbieder", 5),
        ("nee_client", "Nee, reden cliënt", 5),
        ("nee_neutraal", "Nee, reden neutraal", 3),
    ]
    assert set(OPTIES) == set(Uitkomst)


def test_only_ja_is_behaald():
    assert [o for o in Uitkomst if o.behaald] == [Uitkomst.JA]


def test_reason_codes_are_unique_over_the_outcomes():
    codes = [reden.code for rij in OPTIES.values() for reden in rij.redenen]
    assert len(codes) == len(set(codes)) == 13
    assert hoort_bij("geschil_derde") is Uitkomst.NEE_CLIENT
    assert hoort_bij("geen_personeel") is Uitkomst.NEE_ZORGAANBIEDER
    with pytest.raises(KeyError):
        hoort_bij("eigen_reden_van_de_regio")


def test_the_first_two_nees_say_that_scaling_down_is_not_possible_and_neutraal_does_not():
    tekst = "er kan niet afgeschaald worden"
    assert [tekst in rij.definitie for rij in OPTIES.values()] == [False, True, True, False]


@pytest.mark.parametrize(
    ("start", "grens"),
    [
        (date(2026, 1, 15), date(2026, 3, 15)),
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2026, 12, 1), date(2027, 2, 1)),
    ],
)
def test_the_boundary_day_is_on_time_and_the_next_is_not(start, grens):
    op_tijd, te_laat = match_op_tijd(start, grens), match_op_tijd(start, grens + DAG)
    assert (op_tijd.op_tijd, op_tijd.uitkomst, op_tijd.reden) == (
        True,
        Uitkomst.NEE_CLIENT,
        "geen_match_op_tijd",
    )
    assert (te_laat.op_tijd, te_laat.uitkomst, te_laat.reden) == (
        False,
        Uitkomst.NEE_ZORGAANBIEDER,
        "geen_match_te_laat",
    )
    assert hoort_bij(op_tijd.reden) is op_tijd.uitkomst
    assert hoort_bij(te_laat.reden) is te_laat.uitkomst
    assert (te_laat.dagen, te_laat.grens) == ((grens - start).days + 1, grens)


def test_the_days_are_shown():
    assert match_op_tijd(date(2026, 1, 15), date(2026, 3, 16)).zin == (
        "Aangegeven 60 dagen na de start van de zorg, na 2 maanden (de grens was 15-03-2026)."
    )
    assert "binnen 2 maanden" in match_op_tijd(date(2026, 1, 15), date(2026, 2, 1)).zin


@pytest.mark.parametrize("code", list(RedenBeeindiging))
def test_only_death_moving_and_another_domain_suggest_an_outcome(code):
    verwacht = {"02": "overlijden", "31": "verhuizing", "39": "overgang_wlz"}.get(str(code))
    gevonden = suggestie(code)
    if verwacht is None:
        assert gevonden is None
    else:
        assert (gevonden.uitkomst, gevonden.reden) == (Uitkomst.NEE_NEUTRAAL, verwacht)
        assert hoort_bij(gevonden.reden) is gevonden.uitkomst


def test_no_code_no_suggestion():
    assert suggestie(None) is None

"""Nobody reckons a small number back: not with the sums, not by trying every table there could be (M11)."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportage.afscherming import TOTAAL, Vorm, grenzen, scherm_af

DREMPEL = 2
KLEIN = Vorm(("Westland", "Delft"), ("a", "b", "c"), (("ab", frozenset("ab")),))
UITVAL = Vorm(
    ("Westland", "Delft", "Midden", "Rijswijk", "Leiden", "Gouda"),
    ("01", "02", "03", "04", "05", "zorg"),
    (("uitval", frozenset({"03", "04"})), ("beeindigd", frozenset({"01", "02", "03", "04", "05"}))),
)


def tabellen(vorm, hoogst):
    cellen = [(rij, kolom) for rij in vorm.rijen for kolom in vorm.kolommen]
    return st.lists(st.integers(0, hoogst), min_size=len(cellen), max_size=len(cellen)).map(
        lambda getallen: vorm.tel_op(dict(zip(cellen, getallen, strict=True)))
    )


# --- Two solvers that know nothing of ours ------------------------------------------------------------------------
def uit_te_rekenen(vorm, waarden, verborgen):
    """Hidden figures that follow from the shown ones by adding and subtracting: the shown sums, row-reduced."""
    cellen = [(r, k) for r in vorm.rijen for k in vorm.kolommen]

    def rij(cijfer):
        waar, som = cijfer
        return [Fraction((waar in (r, TOTAAL)) and k in vorm.sommen[som]) for r, k in cellen]

    basis = []
    for cijfer in vorm.cijfers:
        if cijfer not in verborgen:
            rest = _veeg(rij(cijfer), basis)
            if any(rest):
                basis.append(rest)
    return {c for c in verborgen if not any(_veeg(rij(c), basis))}


def _veeg(rij, basis):
    for ander in basis:
        spil = next(i for i, w in enumerate(ander) if w)
        if rij[spil]:
            maal = rij[spil] / ander[spil]
            rij = [a - maal * b for a, b in zip(rij, ander, strict=True)]
    return rij


def alle_tabellen(vorm, waarden, verborgen, hoogst):
    """Every table of numbers up to `hoogst` that shows the same figures: what a patient reader would write down."""
    getoond = {c: n for c, n in waarden.items() if c not in verborgen}
    open_ = [(r, k) for r in vorm.rijen for k in vorm.kolommen if (r, k) in verborgen]
    vast = {c: n for c, n in getoond.items() if c[0] != TOTAAL and c[1] in vorm.kolommen}
    for getallen in itertools.product(range(hoogst + 1), repeat=len(open_)):
        tabel = vorm.tel_op({**vast, **dict(zip(open_, getallen, strict=True))})
        if all(tabel[c] == n for c, n in getoond.items()):
            yield tabel


# --- Secondary suppression ------------------------------------------------------------------------------------------
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tabellen(UITVAL, 12))
def test_no_hidden_figure_follows_from_the_shown_ones(waarden):
    af = scherm_af(UITVAL, waarden, drempel=5)
    assert af.gevoelig == {c for c, n in waarden.items() if 0 < n < 5} <= af.verborgen
    assert uit_te_rekenen(UITVAL, waarden, af.verborgen) == set()
    for cijfer in af.verborgen:
        gevonden = af.grenzen(cijfer)
        assert gevonden.breed() >= 5
        if cijfer in af.gevoelig:
            assert gevonden.laagst == 0
            assert gevonden.hoogst is None or gevonden.hoogst >= 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tabellen(KLEIN, 2))
def test_whoever_writes_down_every_possible_table_learns_nothing(waarden):
    """The exact solver: all tables of numbers up to 4 that fit, counted out."""
    af = scherm_af(KLEIN, waarden, drempel=DREMPEL)
    mogelijk = list(alle_tabellen(KLEIN, waarden, af.verborgen, 4))
    for cijfer in af.gevoelig:
        gevonden = {tabel[cijfer] for tabel in mogelijk}
        assert min(gevonden) == 0
        assert max(gevonden) >= DREMPEL
    for cijfer in af.verborgen:
        gevonden = {tabel[cijfer] for tabel in mogelijk}
        assert max(gevonden) - min(gevonden) >= DREMPEL


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tabellen(KLEIN, 2), st.sets(st.sampled_from(KLEIN.cijfers)))
def test_our_limits_are_the_limits_of_all_tables_there_are(waarden, verborgen):
    """With the sums of the columns shown every cell is bounded, so counting out is complete."""
    verborgen -= {(TOTAAL, kolom) for kolom in KLEIN.kolommen}
    mogelijk = list(alle_tabellen(KLEIN, waarden, verborgen, max(waarden.values())))
    for cijfer in verborgen:
        gezien = {tabel[cijfer] for tabel in mogelijk}
        ons = grenzen(KLEIN, waarden, verborgen, cijfer)
        assert (ons.laagst, ons.hoogst) == (min(gezien), max(gezien))


# --- Negative control: hiding the small ones alone is not enough ---------------------------------------------------------
def voorbeeld():
    return UITVAL.tel_op(
        {
            (rij, k): 20 + 7 * i + j
            for i, rij in enumerate(UITVAL.rijen)
            for j, k in enumerate(UITVAL.kolommen)
        }
        | {("Delft", "03"): 2}
    )


def test_one_small_number_alone_can_be_solved():
    waarden = voorbeeld()
    alleen_klein = {c for c, n in waarden.items() if 0 < n < 5}
    assert alleen_klein == {("Delft", "03")}
    assert uit_te_rekenen(UITVAL, waarden, alleen_klein) == alleen_klein
    gevonden = grenzen(UITVAL, waarden, alleen_klein, ("Delft", "03"))
    assert (gevonden.laagst, gevonden.hoogst) == (2, 2)


def test_the_same_number_is_safe_among_a_few_others():
    af = scherm_af(UITVAL, voorbeeld(), drempel=5)
    assert uit_te_rekenen(UITVAL, af.waarden, af.verborgen) == set()
    assert len(af.verborgen) <= 8
    assert (TOTAAL, TOTAAL) not in af.verborgen


@settings(max_examples=15, deadline=None)
@given(tabellen(UITVAL, 12))
def test_primary_suppression_alone_gives_itself_away_wherever_ours_hides_more(waarden):
    """The control over chance: where we hide more than the small ones, without it somebody knew too much."""
    af = scherm_af(UITVAL, waarden, drempel=5)
    if af.verborgen != af.gevoelig:
        smal = [
            c
            for c in af.gevoelig
            if (g := grenzen(UITVAL, waarden, af.gevoelig, c)).laagst > 0 or g.breed() < 5
        ]
        assert smal


@settings(max_examples=15, deadline=None)
@given(tabellen(UITVAL, 12))
def test_nothing_is_hidden_for_nothing(waarden):
    """Showing any one of the others again would give something away."""
    from rapportage.afscherming import _Bezig

    af = scherm_af(UITVAL, waarden, drempel=5)
    bezig = _Bezig(UITVAL, waarden, af.gevoelig, 5)
    for cijfer in af.verborgen - af.gevoelig:
        zonder = af.verborgen - {cijfer}
        assert not all(bezig.veilig(c, zonder) for c in zonder), cijfer


def test_a_table_without_small_numbers_is_shown_whole():
    waarden = UITVAL.tel_op({(r, k): 9 for r in UITVAL.rijen for k in UITVAL.kolommen})
    assert scherm_af(UITVAL, waarden, drempel=5).verborgen == frozenset()


def test_zero_is_no_small_number_and_may_be_shown():
    waarden = UITVAL.tel_op({})
    assert scherm_af(UITVAL, waarden, drempel=5).verborgen == frozenset()


def test_one_client_in_a_whole_region_hides_the_total_too():
    waarden = UITVAL.tel_op({("Delft", "03"): 1})
    af = scherm_af(UITVAL, waarden, drempel=5)
    assert (TOTAAL, TOTAAL) in af.verborgen
    assert uit_te_rekenen(UITVAL, waarden, af.verborgen) == set()


def test_figures_about_few_people_are_named_by_the_caller():
    """Six judgements about two people: the number is large enough, the people are not."""
    waarden = KLEIN.tel_op({("Westland", "a"): 6, ("Westland", "b"): 9, ("Delft", "a"): 8, ("Delft", "c"): 9})
    af = scherm_af(KLEIN, waarden, drempel=3, gevoelig={("Westland", "a")})
    assert ("Westland", "a") in af.verborgen
    assert af.grenzen(("Westland", "a")).laagst == 0


@pytest.mark.parametrize(
    ("groepen", "zin"),
    [
        ((("x", frozenset("ab")), ("y", frozenset("bc"))), "kruist"),
        ((("x", frozenset("abd")),), "die er niet zijn"),
        ((("x", frozenset("abc")),), "allemaal"),
    ],
)
def test_sums_that_cross_are_refused(groepen, zin):
    with pytest.raises(ValueError, match=zin):
        Vorm(("Westland",), ("a", "b", "c"), groepen)

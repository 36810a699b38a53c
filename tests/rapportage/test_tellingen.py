"""Counting clients: mevrouw De Wit and others in the third quarter of 2026."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beschikkingen.enums import Leveringsvorm
from rapportage.categorieen import STANDAARD, VOORRANG, geldig_op
from rapportage.enums import Buiten, Categorie
from rapportage.tellingen import Einde, Levering, percentage, tel, toon, verdeel
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.perioden import Kwartaal

K3 = Kwartaal(2026, 3)
EERSTE, LAATSTE = K3.eerste, K3.laatste
DAG = timedelta(days=1)
FEBRUARI = date(2026, 2, 1)
AFSPRAKEN = geldig_op(STANDAARD, LAATSTE)


def zorg(*einden, start=FEBRUARI, **rest):
    return Levering(start=start, einden=tuple(Einde(RedenBeeindiging(c), d) for c, d in einden), **rest)


def telling(*leveringen, kwartaal=K3):
    return tel(leveringen, periode=kwartaal.periode, afspraken=AFSPRAKEN)


@pytest.mark.parametrize(
    ("code", "categorie"),
    [
        ("19", "01"),
        ("23", "02"),
        ("21", "03"),
        ("38", "03"),
        ("22", "04"),
        ("02", "05"),
        ("31", "05"),
        ("36", "05"),
        ("39", "05"),
        ("37", "02"),
        ("20", "nog_in_zorg"),
    ],
)
def test_each_code_within_the_quarter(code, categorie):
    gevonden = telling(zorg((code, date(2026, 8, 12))))
    assert gevonden.categorie == categorie
    assert gevonden.afgeleid is (code in ("36", "37", "38", "39"))
    assert gevonden.nakijken is (code == "37")
    assert code in gevonden.zin


@pytest.mark.parametrize(
    ("einddatum", "categorie", "buiten"),
    [
        (EERSTE - DAG, None, Buiten.VOOR_PERIODE),
        (EERSTE, Categorie.VOLGENS_PLAN, None),
        (LAATSTE, Categorie.VOLGENS_PLAN, None),
        (LAATSTE + DAG, Categorie.NOG_IN_ZORG, None),
    ],
)
def test_the_edges_of_the_quarter_at_the_end_of_care(einddatum, categorie, buiten):
    gevonden = telling(zorg(("19", einddatum)))
    assert (gevonden.categorie, gevonden.buiten) == (categorie, buiten)


@pytest.mark.parametrize(
    ("start", "categorie", "buiten"),
    [
        (LAATSTE, Categorie.NOG_IN_ZORG, None),
        (LAATSTE + DAG, None, Buiten.NA_PERIODE),
        (None, None, Buiten.NIET_GESTART),
    ],
)
def test_the_edges_of_the_quarter_at_the_start_of_care(start, categorie, buiten):
    gevonden = telling(zorg(start=start))
    assert (gevonden.categorie, gevonden.buiten) == (categorie, buiten)


def test_an_introduction_and_a_waiting_list_is_no_help():
    assert telling(zorg(wachtlijst=True)).buiten is Buiten.NIET_GESTART


def test_a_pgb_is_left_out_but_care_in_kind_beside_it_counts():
    pgb = zorg(leveringsvorm=Leveringsvorm.PGB)
    assert telling(pgb).buiten is Buiten.PGB
    assert telling(pgb, zorg(("21", date(2026, 8, 1)))).categorie is Categorie.EENZIJDIG_CLIENT


def test_nobody_counts_without_any_care():
    gevonden = telling()
    assert (gevonden.telt_mee, gevonden.buiten) == (False, Buiten.GEEN_ZORG)


def test_care_that_runs_wins_over_any_ending():
    gevonden = telling(zorg(("22", LAATSTE)), zorg(start=date(2026, 5, 1)))
    assert gevonden.categorie is Categorie.NOG_IN_ZORG
    assert gevonden.zin == "Nog in zorg op 30-09-2026; gestart op 01-05-2026."


def test_otherwise_the_last_ending_counts():
    gevonden = telling(zorg(("22", date(2026, 7, 10))), zorg(("19", date(2026, 9, 1))))
    assert gevonden.categorie is Categorie.VOLGENS_PLAN
    assert gevonden.zin == (
        "Beëindigd op 01-09-2026 met code 19 (Levering volgens plan beëindigd): "
        "telt als 01, beëindigd volgens plan."
    )


@pytest.mark.parametrize("hoger", range(5))
@pytest.mark.parametrize("lager", range(5))
def test_two_endings_on_one_day_by_the_fixed_order(hoger, lager):
    code = {"04": "22", "03": "21", "02": "23", "05": "31", "01": "19"}
    paar = [zorg((code[str(VOORRANG[n])], date(2026, 9, 1))) for n in (lager, hoger)]
    assert telling(*paar).categorie is VOORRANG[min(hoger, lager)]


def test_a_temporary_stop_is_still_in_care_and_a_definitive_one_after_it_is_not():
    tijdelijk = ("20", date(2026, 8, 1))
    gevonden = telling(zorg(tijdelijk))
    assert gevonden.zin.endswith("nu tijdelijk gestopt (code 20).")
    assert telling(zorg(tijdelijk, ("21", date(2026, 9, 1)))).categorie is Categorie.EENZIJDIG_CLIENT
    assert telling(zorg(tijdelijk, ("21", LAATSTE + DAG))).categorie is Categorie.NOG_IN_ZORG


def test_a_temporary_stop_from_long_ago_does_not_hide_a_client():
    assert telling(zorg(("20", date(2026, 3, 1)))).categorie is Categorie.NOG_IN_ZORG


def test_37_with_a_follow_up_that_waits_is_in_care_and_without_it_must_be_looked_at():
    met = telling(zorg(("37", date(2026, 8, 1)), vervolg_wacht=True))
    assert (met.categorie, met.nakijken) == (Categorie.NOG_IN_ZORG, False)
    zonder = telling(zorg(("37", date(2026, 8, 1))))
    assert (zonder.categorie, zonder.nakijken) == (Categorie.IN_OVEREENSTEMMING, True)
    assert zonder.zin.endswith("Er is geen vervolg gevonden; kijk dit na.")
    # a follow-up that waits does not keep anybody in care after another code
    assert telling(zorg(("19", date(2026, 8, 1)), vervolg_wacht=True)).categorie is Categorie.VOLGENS_PLAN


@pytest.mark.parametrize(
    ("leveringen", "buiten"),
    [
        ([zorg(("19", EERSTE - DAG)), zorg(start=LAATSTE + DAG)], Buiten.VOOR_PERIODE),
        ([zorg(start=LAATSTE + DAG), zorg(start=None)], Buiten.NA_PERIODE),
        ([zorg(start=None), zorg(leveringsvorm=Leveringsvorm.PGB)], Buiten.NIET_GESTART),
    ],
)
def test_the_reason_to_leave_out_that_is_nearest_to_counting_is_shown(leveringen, buiten):
    gevonden = telling(*leveringen)
    assert gevonden.buiten is buiten
    assert gevonden.zin.startswith("Telt niet mee: de hulp")


DAGEN = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LEVERINGEN = st.lists(
    st.builds(
        Levering,
        start=st.none() | DAGEN,
        einden=st.lists(st.builds(Einde, st.sampled_from(RedenBeeindiging), DAGEN), max_size=3).map(tuple),
        leveringsvorm=st.sampled_from(Leveringsvorm),
        wachtlijst=st.booleans(),
        vervolg_wacht=st.booleans(),
    ),
    max_size=4,
)


@given(LEVERINGEN, st.integers(1, 4))
def test_every_client_counts_once_or_has_a_reason_not_to(leveringen, nummer):
    gevonden = telling(*leveringen, kwartaal=Kwartaal(2026, nummer))
    assert (gevonden.categorie is None) is (gevonden.buiten is not None)
    assert gevonden.zin.endswith(".")


@given(LEVERINGEN)
def test_the_order_of_the_messages_does_not_matter(leveringen):
    voorwaarts, achterwaarts = telling(*leveringen), telling(*reversed(leveringen))
    assert (voorwaarts.categorie, voorwaarts.buiten) == (achterwaarts.categorie, achterwaarts.buiten)


@given(LEVERINGEN)
def test_an_ending_is_counted_in_one_quarter_only(leveringen):
    zonder_wachters = [levering for levering in leveringen if not levering.vervolg_wacht]
    per_kwartaal = [telling(*zonder_wachters, kwartaal=Kwartaal(2026, n)) for n in (1, 2, 3, 4)]
    for eerder, later in pairwise(per_kwartaal):
        if later.categorie not in (None, Categorie.NOG_IN_ZORG) and eerder.categorie == later.categorie:
            assert eerder.zin != later.zin


@pytest.mark.parametrize(
    ("deel", "geheel", "verwacht", "getoond"),
    [
        (0, 0, None, "–"),
        (0, 7, Decimal("0.0"), "0,0%"),
        (1, 3, Decimal("33.3"), "33,3%"),
        (2, 3, Decimal("66.7"), "66,7%"),
        (1, 800, Decimal("0.1"), "0,1%"),  # 0.125
        (1, 2000, Decimal("0.1"), "0,1%"),  # exactly 0.05: half up
        (3, 2000, Decimal("0.2"), "0,2%"),  # exactly 0.15: half up, where half even would say the same
        (5, 2000, Decimal("0.3"), "0,3%"),  # exactly 0.25: half up, where half even would say 0.2
        (1, 2001, Decimal("0.0"), "0,0%"),
        (7, 7, Decimal("100.0"), "100,0%"),
    ],
)
def test_percentages_round_half_up_on_one_decimal(deel, geheel, verwacht, getoond):
    assert percentage(deel, geheel) == verwacht
    assert toon(percentage(deel, geheel)) == getoond


def test_the_columns_of_a_row():
    rij = verdeel(
        [Categorie.VOLGENS_PLAN] * 3
        + [Categorie.EENZIJDIG_CLIENT] * 2
        + [Categorie.EENZIJDIG_AANBIEDER]
        + [Categorie.NOG_IN_ZORG] * 6
    )
    assert (rij.totaal, rij.beeindigd, rij.uitval) == (12, 6, 3)
    assert rij.aandeel(Categorie.NOG_IN_ZORG) == Decimal("50.0")
    assert rij.aandeel(Categorie.EENZIJDIG_CLIENT) == Decimal("16.7")
    assert rij.aandeel_beeindigd(Categorie.EENZIJDIG_CLIENT) == Decimal("33.3")
    assert rij.aandeel_beeindigd(Categorie.NOG_IN_ZORG) is None
    assert (rij.uitval_aandeel, rij.uitval_aandeel_beeindigd) == (Decimal("25.0"), Decimal("50.0"))
    assert rij.aantallen[Categorie.EXTERN] == 0


def test_a_municipality_without_clients_shows_dashes():
    leeg = verdeel([])
    assert leeg.totaal == 0
    assert all(leeg.aandeel(c) is None and leeg.aandeel_beeindigd(c) is None for c in Categorie)
    assert (leeg.uitval_aandeel, leeg.uitval_aandeel_beeindigd) == (None, None)


@given(st.lists(st.sampled_from(Categorie)))
def test_the_numbers_add_up(categorieen):
    rij = verdeel(categorieen)
    assert rij.totaal == len(categorieen)
    assert {c: n for c, n in rij.aantallen.items() if n} == Counter(categorieen)
    assert rij.totaal == rij.beeindigd + rij.aantallen[Categorie.NOG_IN_ZORG]

"""Working days: the law's own list, real calendars, and the properties that hold on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.werkdagen import (
    eerste_paasdag,
    feestdagen,
    is_werkdag,
    koningsdag,
    plus_werkdagen,
    volgende_werkdag,
    vorige_werkdag,
    werkdag_op_of_na,
    werkdag_op_of_voor,
    werkdagen_tussen,
)

DAGEN = st.dates(date(2015, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    "pasen",
    [
        date(1818, 3, 22),  # the earliest there is
        date(1943, 4, 25),  # the latest there is
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_on_known_dates(pasen):
    assert eerste_paasdag(pasen.year) == pasen


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_between_22_march_and_25_april(jaar):
    pasen = eerste_paasdag(jaar)
    assert pasen.weekday() == 6
    assert date(jaar, 3, 22) <= pasen <= date(jaar, 4, 25)


def test_no_easter_before_the_calendar():
    with pytest.raises(ValueError, match="vanaf 1583"):
        eerste_paasdag(1582)


def test_the_holidays_of_2026_whole():
    assert {dag.isoformat()[5:]: naam for dag, naam in feestdagen(2026).items()} == {
        "01-01": "Nieuwjaarsdag",
        "04-03": "Goede Vrijdag",
        "04-05": "Eerste Paasdag",
        "04-06": "Tweede Paasdag",
        "04-27": "Koningsdag",
        "05-05": "Bevrijdingsdag",
        "05-14": "Hemelvaartsdag",
        "05-24": "Eerste Pinksterdag",
        "05-25": "Tweede Pinksterdag",
        "12-25": "Eerste Kerstdag",
        "12-26": "Tweede Kerstdag",
    }
    assert list(feestdagen(2026)) == sorted(feestdagen(2026))


def test_koningsdag_moves_when_it_is_a_sunday_and_was_koninginnedag():
    assert koningsdag(2025) == date(2025, 4, 26)
    assert koningsdag(2026) == date(2026, 4, 27)
    assert koningsdag(2013) == date(2013, 4, 30)
    assert koningsdag(2006) == date(2006, 4, 29)


def test_holidays_may_coincide():
    assert feestdagen(2016)[date(2016, 5, 5)] == "Hemelvaartsdag"
    assert not is_werkdag(date(2016, 5, 5))


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2026, 4, 2), True),  # Thursday before Goede Vrijdag
        (date(2026, 4, 3), False),
        (date(2026, 4, 4), False),  # Saturday
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
        (date(2027, 5, 5), False),  # 5 May counts every year
        (date(2026, 5, 15), True),  # the Friday after Hemelvaart only by decree
        (date(2024, 2, 29), True),
    ],
)
def test_working_days_around_easter_and_may(dag, werkdag):
    assert is_werkdag(dag) is werkdag


def test_a_day_equated_by_decree_comes_in_as_data():
    brugdag = date(2026, 5, 15)
    assert plus_werkdagen(date(2026, 5, 13), 1) == brugdag
    assert plus_werkdagen(date(2026, 5, 13), 1, extra={brugdag}) == date(2026, 5, 18)
    assert vorige_werkdag(date(2026, 5, 18), extra={brugdag}) == date(2026, 5, 13)


def test_five_working_days_over_christmas():
    # A stop on Wednesday 23-12-2026: 24, 28, 29, 30, 31 December.
    assert plus_werkdagen(date(2026, 12, 23), 5) == date(2026, 12, 31)
    assert werkdagen_tussen(date(2026, 12, 23), date(2026, 12, 31)) == 5
    assert werkdagen_tussen(date(2026, 12, 23), date(2027, 1, 3)) == 5
    assert werkdagen_tussen(date(2026, 12, 23), date(2027, 1, 4)) == 6


def test_on_before_and_after_a_sunday():
    zondag = date(2026, 10, 11)
    assert werkdag_op_of_voor(zondag) == vorige_werkdag(zondag) == date(2026, 10, 9)
    assert werkdag_op_of_na(zondag) == volgende_werkdag(zondag) == date(2026, 10, 12)
    maandag = date(2026, 10, 12)
    assert werkdag_op_of_voor(maandag) == werkdag_op_of_na(maandag) == maandag


@given(DAGEN, st.integers(-60, 60))
def test_counting_back_what_was_added(dag, aantal):
    doel = plus_werkdagen(dag, aantal)
    assert aantal == 0 or is_werkdag(doel)
    if aantal >= 0 or is_werkdag(dag):
        assert werkdagen_tussen(dag, doel) == aantal


@given(DAGEN, st.integers(0, 400), st.integers(0, 400))
def test_stretches_add_up_and_turn_around(dag, eerste, tweede):
    midden = dag + timedelta(days=eerste)
    eind = midden + timedelta(days=tweede)
    assert werkdagen_tussen(dag, midden) + werkdagen_tussen(midden, eind) == werkdagen_tussen(dag, eind)
    assert werkdagen_tussen(eind, dag) == -werkdagen_tussen(dag, eind)

"""Months, quarters and periods, on both sides of every edge."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.perioden import Kwartaal, Maand, Periode, plus_maanden

DAGEN = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_a_month_is_read_and_written_as_people_do():
    oktober = Maand.lees(" 2026-10 ")
    assert (oktober.eerste, oktober.laatste) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (str(oktober), oktober.naam) == ("2026-10", "oktober 2026")


def test_february_knows_leap_years():
    assert Maand(2024, 2).laatste == date(2024, 2, 29)
    assert Maand(2026, 2).laatste == date(2026, 2, 28)
    assert Maand(2100, 2).laatste == date(2100, 2, 28)


def test_months_and_quarters_step_over_new_year():
    assert Maand(2026, 1).vorige == Maand(2025, 12)
    assert Maand(2026, 12).volgende == Maand(2027, 1)
    assert Kwartaal(2026, 1).vorige == Kwartaal(2025, 4)
    assert Kwartaal(2026, 4).volgende == Kwartaal(2027, 1)


def test_a_quarter_is_read_and_written_as_people_do():
    derde = Kwartaal.lees("2026-K3")
    assert Kwartaal.lees("2026-k3") == derde
    assert (derde.eerste, derde.laatste) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (str(derde), derde.naam) == ("2026-K3", "3e kwartaal 2026")
    assert [str(m) for m in derde.maanden] == ["2026-07", "2026-08", "2026-09"]


@pytest.mark.parametrize(
    "fout", ["2026-13", "2026-00", "0000-01", "26-10", "2026-1", "okt 2026", "", "2026-K3"]
)
def test_a_month_that_is_none_gets_a_sentence(fout):
    with pytest.raises(ValueError, match="is geen maand; schrijf bijvoorbeeld 2026-10"):
        Maand.lees(fout)


@pytest.mark.parametrize(
    "fout", ["2026-K0", "2026-K5", "2026-Q3", "0000-K1", "2026-3", "", "2026-K", "٢٠٢٦-K3"]
)
def test_a_quarter_that_is_none_gets_a_sentence(fout):
    with pytest.raises(ValueError, match="is geen kwartaal; schrijf bijvoorbeeld 2026-K3"):
        Kwartaal.lees(fout)


def test_a_quarter_number_out_of_range_is_refused():
    with pytest.raises(ValueError, match="is geen kwartaal"):
        Kwartaal(2026, 5)


@given(DAGEN)
def test_every_day_lies_in_its_own_month_and_quarter_only(dag):
    maand, kwartaal = Maand.van(dag), Kwartaal.van(dag)
    assert dag in maand.periode
    assert dag in kwartaal.periode
    assert dag not in maand.volgende.periode
    assert dag not in kwartaal.vorige.periode
    assert Maand.lees(str(maand)) == maand
    assert Kwartaal.lees(str(kwartaal)) == kwartaal
    assert maand in kwartaal.maanden


@given(DAGEN)
def test_months_and_quarters_leave_no_day_out(dag):
    maand, kwartaal = Maand.van(dag), Kwartaal.van(dag)
    assert maand.volgende.eerste == maand.periode.einde_exclusief
    assert kwartaal.volgende.eerste == kwartaal.periode.einde_exclusief


def test_a_period_is_closed_on_both_sides():
    week = Periode(date(2026, 10, 5), date(2026, 10, 11))
    assert week.dagen == 7
    assert date(2026, 10, 5) in week
    assert date(2026, 10, 11) in week
    assert date(2026, 10, 4) not in week
    assert date(2026, 10, 12) not in week
    assert "vandaag" not in week
    assert str(week) == "05-10-2026 t/m 11-10-2026"


def test_a_period_of_one_day_is_fine_and_of_none_is_not():
    dag = date(2026, 10, 5)
    assert Periode(dag, dag).dagen == 1
    with pytest.raises(ValueError, match="draai de twee datums om"):
        Periode(dag, dag - timedelta(days=1))


@given(DAGEN, st.integers(0, 90), DAGEN, st.integers(0, 90))
def test_overlap_is_having_a_day_in_common(eerste, lang, tweede, ook_lang):
    een = Periode(eerste, eerste + timedelta(days=lang))
    twee = Periode(tweede, tweede + timedelta(days=ook_lang))
    gedeeld = any(een.eerste + timedelta(days=n) in twee for n in range(een.dagen))
    assert een.overlapt(twee) is twee.overlapt(een) is gedeeld


@pytest.mark.parametrize(
    ("dag", "later"),
    [
        (date(2026, 1, 15), date(2026, 3, 15)),
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2026, 12, 30), date(2027, 2, 28)),
        (date(2026, 6, 30), date(2026, 8, 30)),
    ],
)
def test_two_months_later(dag, later):
    assert plus_maanden(dag, 2) == later

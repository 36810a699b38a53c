"""The loops that write ordinary cells say what the slow way says, whatever stands in a column and in what order."""

import datetime as dt
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wmo_portal.lib.tabelblad import schrijver
from wmo_portal.lib.tabelblad.cellen import Soort
from wmo_portal.lib.tabelblad.schrijver import Vorm, kolomschrijver, langzaam

SOORTEN = get_args(Soort)
gewoon = st.sampled_from(["Anna de Wit", "010000008", "Zorggroep 3", "Geëindigd op 01-02-2026.", "(a)", "x"])
lastig = st.sampled_from(
    [
        "",
        " ",
        "=1",
        "-1",
        "a=b",
        "a&b",
        "<b>",
        "a\nb",
        "a\n=b",
        "_x0041_",
        "\x07",
        "–",
        "’t Hof",
        "a" * 1001,
        "%",
    ]
)
tijden = st.datetimes(dt.datetime(1890, 1, 1), dt.datetime(2200, 1, 1)) | st.datetimes(
    dt.datetime(2020, 1, 1), timezones=st.sampled_from([dt.UTC, ZoneInfo("America/New_York")])
)
getallen = (
    st.integers()
    | st.floats()
    | st.sampled_from([0, 1, 1.0, True, False, Decimal("0.125"), 10**15, -(10**15)])
)
waarden = st.none() | gewoon | lastig | st.text(max_size=20) | getallen | st.dates() | tijden


def gelijk(soort, kolom):
    vorm = Vorm("C", soort, 3, 4)
    schrijf = kolomschrijver(vorm)
    for begin in range(0, len(kolom), 7):  # a column remembers from one block to the next
        blok = kolom[begin : begin + 7]
        nummers = [str(begin + n) for n in range(len(blok))]
        traag = [langzaam(w, vorm) for w in blok]
        assert schrijf(nummers, blok) == [
            f'<c r="C{r}{uit}' if uit else "" for r, uit in zip(nummers, traag, strict=True)
        ]


@pytest.mark.parametrize("soort", SOORTEN)
@settings(max_examples=150, deadline=None)
@given(st.lists(waarden, max_size=30) | st.lists(gewoon, max_size=30))
@example([1, True, 1.0, Decimal(1), "1", True, 1])
@example([dt.date(1900, 2, 28), dt.datetime(1900, 2, 28, 3), dt.datetime(1900, 12, 31, 23, 59), ""])
def test_the_fast_way_writes_what_the_slow_way_writes(soort, kolom):
    gelijk(soort, kolom)


@pytest.mark.parametrize("soort", ["tekst", "identificatie", "datum"])
def test_also_when_nothing_more_is_remembered(soort, monkeypatch):
    monkeypatch.setattr(schrijver, "_ONTHOUDEN", 2)
    gelijk(soort, ["a", "b", "c", "=c", "c", dt.date(2026, 1, 1), None, "a", "=c"])


def test_the_control_a_wary_text_has_another_style():
    vorm = Vorm("A", "tekst", 3, 4)
    assert ['s="4"' in cel for cel in kolomschrijver(vorm)(["2", "3"], ["=1", "1"])] == [True, False]


def test_remembering_stops():
    bekend = schrijver._Bekend(Vorm("A", "tekst", 3, 4))
    for n in range(3 * schrijver._ONTHOUDEN):
        assert bekend[f"naam {n}"]
    assert len(bekend) == schrijver._ONTHOUDEN

"""Printed sheets can be read: paper, scale, where pages begin, how high rows are."""

import datetime as dt
import io
import itertools
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.afdruk import A3_LIGGEND, A4, A4_LIGGEND, breedte, indruk
from wmo_portal.lib.tabelblad.hoogte import REGEL, rijhoogte

OP = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)
LEESBAAR = 0.75


def kolommen(*breedten, knip=()):
    return [Kolom(f"K{n}", "tekst", b, nieuwe_pagina=n in knip) for n, b in enumerate(breedten, 1)]


def geopend(boek):
    return load_workbook(io.BytesIO(boek.bytes()))


def een_blad(kolommen_, rijen=(), titel="Uitval"):
    boek = Boek(titel=titel, gemaakt_op=OP)
    boek.blad("Blad", kolommen_, rijen)
    return geopend(boek)["Blad"]


@pytest.mark.parametrize(
    ("breed", "papier"), [(80, A4), (134, A4), (137, A4_LIGGEND), (198, A4_LIGGEND), (200, A3_LIGGEND), (285, A3_LIGGEND)]
)  # fmt: skip
def test_the_smallest_paper_on_which_it_can_be_read(breed, papier):
    gekozen = indruk(kolommen(breed))
    assert gekozen.papier == papier
    assert gekozen.knippen == ()
    assert LEESBAAR <= gekozen.schaal <= 1


@given(st.lists(st.integers(4, 120), min_size=1, max_size=60), st.sets(st.integers(2, 60), max_size=4))
def test_every_page_holds_its_columns_and_stays_readable(breedten, knip):
    alle = kolommen(*breedten, knip=knip)
    gekozen = indruk(alle)
    grenzen = [1, *gekozen.knippen, len(alle) + 1]
    for eerste, volgende in itertools.pairwise(grenzen):
        op_de_pagina = alle[eerste - 1 : volgende - 1]
        assert op_de_pagina  # no empty page
        vast = [] if eerste == 1 else alle[:1]
        assert breedte([*vast, *op_de_pagina]) * gekozen.schaal <= gekozen.papier.breedte + 1e-6
    assert gekozen.schaal >= LEESBAAR or max(breedten) + breedten[0] > 190


def test_a_wide_table_lies_over_pages_side_by_side_with_its_first_column_on_each():
    blad = een_blad(kolommen(30, 90, 90, 90, 90, knip=(4,)), [["x"] * 5])
    assert blad.print_title_cols == "$A:$A"
    assert blad.print_title_rows == "$1:$1"
    assert 3 in [knip.id for knip in blad.col_breaks.brk]  # before the fourth column
    assert blad.page_setup.pageOrder == "overThenDown"
    assert not blad.sheet_properties.pageSetUpPr.fitToPage
    assert blad.freeze_panes == "B2"


def test_a_wide_table_without_rows_is_one_page():
    """The empty template of the import was seven pages, six of them with two words."""
    blad = een_blad(kolommen(30, 90, 90, 90, 90, knip=(4,)))
    assert (blad.page_setup.fitToWidth, blad.page_setup.fitToHeight) == (1, 1)
    assert blad.sheet_properties.pageSetUpPr.fitToPage
    assert not blad.col_breaks.brk
    assert blad.freeze_panes == "B2"


def test_a_narrow_table_fits_one_page_wide_and_goes_on_downwards():
    blad = een_blad(kolommen(30, 90))
    assert (blad.page_setup.fitToWidth, blad.page_setup.fitToHeight) == (1, 0)
    assert blad.sheet_properties.pageSetUpPr.fitToPage
    assert not blad.col_breaks.brk
    assert blad.freeze_panes == "A2"


def test_header_and_footer_say_what_when_and_which_page():
    blad = een_blad(kolommen(30), titel="Zorg & Zn.\n&Pagina")
    assert blad.oddHeader.left.text == "Zorg && Zn. &&Pagina"
    assert blad.oddHeader.right.text == "&A"
    assert blad.oddFooter.left.text == "Gemaakt op 05-10-2026 11:00 uur"
    assert blad.oddFooter.center.text == "Pagina &P van &N"


@pytest.mark.parametrize(
    ("tekst", "regels"),
    [("", 1), ("x" * 20, 1), ("x" * 21, 2), ("a\nb\nc", 3), ("a\n\nb", 3), ("woord " * 20, 7), ("x" * 10_000, 31)],
)  # fmt: skip
def test_a_row_is_as_high_as_its_longest_text(tekst, regels):
    assert (
        rijhoogte([Kolom("A", "tekst", 20), Kolom("B", "getal", 4)], [tekst, 123_456_789]) == regels * REGEL
    )


def test_both_ways_of_writing_give_a_row_the_same_height_and_let_it_grow():
    rijen = [
        ("kort", 1),
        ("een zin die niet op een regel past", 2),
        ("a\nb", 3),
        (None, 4),
        (' customHeight="1"', 5),
    ]
    kop = [Kolom("Tekst", "tekst", 12), Kolom("Getal", "getal", 8)]
    boek = Boek(titel="T", gemaakt_op=OP)
    boek.blad("Tabel", kop, rijen)
    boek.lijst("Lijst", kop, iter(rijen))
    inhoud = boek.bytes()
    tabel, lijst = (load_workbook(io.BytesIO(inhoud))[naam] for naam in ("Tabel", "Lijst"))
    for rij in range(2, 7):
        assert (lijst.row_dimensions[rij].height or REGEL) == tabel.row_dimensions[rij].height
    assert tabel["A6"].value == lijst["A6"].value == ' customHeight="1"'
    xml = zipfile.ZipFile(io.BytesIO(inhoud)).read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<row [^>]*customHeight", xml)


def test_the_chart_stands_alone_on_one_page_and_differs_by_hatching_too():
    boek = Boek(titel="T", gemaakt_op=OP)
    namen = [f"Reeks {n}" for n in range(6)]
    blad = boek.blad(
        "Uitval", [Kolom("Gemeente"), *(Kolom(n, "getal") for n in namen)], [("Vaals", *range(6))] * 6
    )
    boek.gestapelde_grafiek(blad, titel="G", labels="Gemeente", reeksen=namen, rijen=6)
    grafiekblad = geopend(boek)["Grafiek"]
    assert (grafiekblad.page_setup.fitToWidth, grafiekblad.page_setup.fitToHeight) == (1, 1)
    (grafiek,) = grafiekblad._charts
    vullingen = [reeks.graphicalProperties for reeks in grafiek.series]
    patronen = [vulling.pattFill.prst if vulling.pattFill else "" for vulling in vullingen]
    for vorige, volgende in itertools.pairwise(patronen):
        assert bool(vorige) != bool(volgende)  # neighbours in a bar: one plain, one hatched
    assert len({p for p in patronen if p}) == 3

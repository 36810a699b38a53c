"""How a sheet comes out of the printer: on the smallest paper on which it can still be read.

A sheet that fits nowhere is laid over pages side by side, cut where a column begins a subject of its own, with the
first column repeated on each of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from openpyxl.chart._chart import ChartBase
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from wmo_portal.lib.tabelblad.cellen import Kolom, veilige_tekst

_DUIM: Final = 25.4
_MM_PER_BEELDPUNT: Final = _DUIM / 96
_RAND: Final = 10.0
_RAND_BOVEN: Final = 16.0
_KLEINST: Final = 0.75
"""Of the ten points on the screen: smaller than this nobody reads a printed table."""
_TITEL: Final = 100
_RUIM: Final = 10


@dataclass(frozen=True, slots=True)
class Papier:
    """What a printer holds; sizes in millimetres within the margins."""

    nummer: int
    stand: Literal["portrait", "landscape"]
    breedte: float
    hoogte: float


A4: Final = Papier(9, "portrait", 210 - 2 * _RAND, 297 - 2 * _RAND_BOVEN)
A4_LIGGEND: Final = Papier(9, "landscape", 297 - 2 * _RAND, 210 - 2 * _RAND_BOVEN)
A3_LIGGEND: Final = Papier(8, "landscape", 420 - 2 * _RAND, 297 - 2 * _RAND_BOVEN)


@dataclass(frozen=True, slots=True)
class Indruk:
    """The paper, how much smaller than on the screen, and before which columns (from 1) a page begins."""

    papier: Papier
    schaal: float
    knippen: tuple[int, ...] = ()


def breedte(kolommen: Sequence[Kolom]) -> float:
    """Millimetres on the screen: seven pixels per character and five around a cell."""
    return sum(7 * kolom.breedte + 5 for kolom in kolommen) * _MM_PER_BEELDPUNT


def indruk(kolommen: Sequence[Kolom]) -> Indruk:
    totaal = breedte(kolommen)
    for papier in (A4, A4_LIGGEND, A3_LIGGEND):
        if papier.breedte >= _KLEINST * totaal:
            return Indruk(papier, min(1.0, papier.breedte / totaal))
    # No larger than it must be: where the letter is missing, columns come out a third wider.
    knippen, breedste = _knip(kolommen, A4_LIGGEND.breedte / _KLEINST)
    return Indruk(A4_LIGGEND, max(min(_KLEINST, A4_LIGGEND.breedte / breedste), 0.1), knippen)


def _knip(kolommen: Sequence[Kolom], ruimte: float) -> tuple[tuple[int, ...], float]:
    """Before which columns a page begins, and the widest page; every page after the first repeats the first column."""
    knippen, vast = list[int](), breedte(kolommen[:1])
    gevuld = breedste = vast
    for nummer, kolom in enumerate(kolommen[1:], 2):
        erbij = breedte([kolom])
        vol = gevuld + erbij > ruimte and gevuld > vast
        if kolom.nieuwe_pagina or vol:
            knippen.append(nummer)
            gevuld = vast
        gevuld += erbij
        breedste = max(breedste, gevuld)
    return tuple(knippen), breedste


def maak_afdruk(ws: Worksheet, kolommen: Sequence[Kolom], titel: str, op: dt.datetime) -> None:
    """The paper for this table, and what is repeated on every page."""
    gekozen, instelling = indruk(kolommen), ws.page_setup
    _pagina(ws, gekozen.papier, titel, op)
    ws.print_title_rows = "1:1"
    if gekozen.knippen:
        ws.print_title_cols, instelling.pageOrder = "A:A", "overThenDown"
        instelling.scale = int(gekozen.schaal * 100)
        ws.col_breaks = ColBreak(brk=tuple(Break(id=kolom - 1) for kolom in gekozen.knippen))
    else:
        instelling.fitToWidth, instelling.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if gekozen.knippen or gekozen.papier is A3_LIGGEND:
        ws.freeze_panes = "B2"


def leeg_op_een_pagina(ws: Worksheet) -> None:
    """Heads without rows, such as a template to fill in: there is little to read, and page after page would be empty."""
    if ws.col_breaks.brk:
        ws.col_breaks = ColBreak()
        ws.page_setup.scale, ws.page_setup.paperSize = None, A3_LIGGEND.nummer
        _op_een_pagina(ws)


def grafiekhoogte(rijen: int) -> float:
    """Centimetres: a bar per row, title and legend; thinner bars where there are many."""
    return 3.5 + rijen * (1.2 if rijen <= _RUIM else 0.7)


def grafiekblad(ws: Worksheet, grafiek: ChartBase, titel: str, op: dt.datetime) -> None:
    """A chart alone on its sheet, and on one page: beside a table it would make the table small."""
    hoog = 10 * grafiek.height > A4_LIGGEND.hoogte
    _pagina(ws, A4 if hoog else A4_LIGGEND, titel, op)
    _op_een_pagina(ws)
    ws.sheet_view.showGridLines = False
    ws.add_chart(grafiek, "A1")


def _op_een_pagina(ws: Worksheet) -> None:
    ws.page_setup.fitToWidth = ws.page_setup.fitToHeight = 1
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _pagina(ws: Worksheet, papier: Papier, titel: str, op: dt.datetime) -> None:
    """Paper and margins, and who made what on which page."""
    ws.page_setup.orientation, ws.page_setup.paperSize = papier.stand, papier.nummer
    ws.page_margins = PageMargins(
        _RAND / _DUIM, _RAND / _DUIM, _RAND_BOVEN / _DUIM, _RAND_BOVEN / _DUIM, 0.3, 0.3
    )
    kop, voet = cast(HeaderFooterItem, ws.oddHeader), cast(HeaderFooterItem, ws.oddFooter)
    kop.left.text, kop.right.text = _letterlijk(titel), "&A"
    voet.left.text, voet.center.text = f"Gemaakt op {op:%d-%m-%Y %H:%M} uur", "Pagina &P van &N"


def _letterlijk(tekst: str) -> str:
    """In a header an ampersand begins an instruction; two of them are one to read."""
    return veilige_tekst(" ".join(tekst.split()))[:_TITEL].replace("&", "&&")

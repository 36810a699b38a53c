"""How high a row must be for its text: not every program works that out when it opens a file.

An estimate on the safe side, in lines; the program may make the row higher or lower when somebody edits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wmo_portal.lib.tabelblad.cellen import Kolom, Waarde

REGEL: Final = 13.0
"""Points per line of ten-point text."""
_HOOGSTE: Final = 31
"""More than 409 points no row can be."""


def past(kolom: Kolom) -> int:
    """So many characters stand on one line of this column."""
    return max(int(kolom.breedte), 1)


def regels(tekst: str, op_een_regel: int) -> int:
    """Words do not break, so that the lines of a long text are not filled."""
    if len(tekst) <= op_een_regel and "\n" not in tekst:
        return 1
    vol = max(op_een_regel * 9 // 10, 1)
    delen = (1 if len(deel) <= op_een_regel else -(-len(deel) // vol) for deel in tekst.split("\n"))
    return min(sum(delen), _HOOGSTE)


def rijhoogte(kolommen: Sequence[Kolom], rij: Sequence[Waarde]) -> float:
    """Points for one row; only text runs on over more lines."""
    lopend = (
        regels(waarde, past(kolom))
        for kolom, waarde in zip(kolommen, rij, strict=True)
        if kolom.soort == "tekst" and isinstance(waarde, str)
    )
    return REGEL * max(lopend, default=1)


def rijbegin(
    nummers: Sequence[str], kolommen: Sequence[Kolom], waarden: Sequence[Sequence[Waarde]]
) -> list[str]:
    """How each row of a block begins: with a height where some text takes more than one line."""
    uit = [f'<row r="{r}">' for r in nummers]
    hoogste: dict[int, int] = {}
    for kolom, cellen in zip(kolommen, waarden, strict=True):
        if kolom.soort == "tekst":
            _meet(cellen, past(kolom), hoogste)
    for plaats, hoog in hoogste.items():
        uit[plaats] = f'<row r="{nummers[plaats]}" ht="{hoog * REGEL:g}">'
    return uit


def _meet(cellen: Sequence[Waarde], op_een_regel: int, hoogste: dict[int, int]) -> None:
    """The rows of this column that take more than one line. Names come back, so each text is looked at once."""
    lang = {
        waarde: regels(waarde, op_een_regel)
        for waarde in set(cellen)
        if type(waarde) is str and (len(waarde) > op_een_regel or "\n" in waarde)
    }
    if lang:
        for plaats, waarde in enumerate(cellen):
            if waarde in lang:
                hoogste[plaats] = max(hoogste.get(plaats, 1), lang[waarde])  # type: ignore[index]  # a text, as lang is

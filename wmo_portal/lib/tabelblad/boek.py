"""A workbook: sheets with one header row each, a chart, control cells, and a sheet "Toelichting".

No merged cells, header frozen and repeated in print, title and language in the properties. openpyxl makes
the skeleton; the rows of a `lijst` are streamed past it (see `stroom`), so that 100,000 rows take no more
memory than ten. The same input gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from wmo_portal.lib.tabelblad.afdruk import grafiekblad, grafiekhoogte, leeg_op_een_pagina, maak_afdruk
from wmo_portal.lib.tabelblad.cellen import (
    MAX_RIJEN,
    NOTATIE,
    Kolom,
    Waarde,
    celwaarde,
    naar_amsterdam,
    veilige_tekst,
)
from wmo_portal.lib.tabelblad.hoogte import REGEL, past, rijhoogte
from wmo_portal.lib.tabelblad.stroom import Rijen, bewaar, kant, zet

_TOELICHTING = (Kolom("Onderwerp", "tekst", 30), Kolom("Toelichting", "tekst", 95))
_CONTROLE = (
    Kolom("Controle", "tekst", 60),
    Kolom("In het rapport", "getal", 16),
    Kolom("Geteld uit de lijst", "getal", 18),
    Kolom("Verschil", "getal", 12),
)
# Told apart by lightness and hatching, as in the charts of the pages (`grafiek.tekenen.PALET`): also on a grey print.
_LETTER, _PUNTEN = "Arial", 10
_DONKER = "1B3A5C"
_Patroon = Literal["", "wdUpDiag", "ltVert", "lgGrid", "ltDnDiag"]
_VULLINGEN: tuple[tuple[str, _Patroon], ...] = (
    (_DONKER, ""),
    ("E3ECF5", "wdUpDiag"),
    ("6F97BD", ""),
    ("FFFFFF", "ltVert"),
    ("B9CDE0", ""),
    ("F2F2F2", "lgGrid"),
    ("43678C", ""),
    ("FFFFFF", "ltDnDiag"),
)


@dataclass(frozen=True)
class Blad:
    """A sheet that was added; gives the references that control cells are built from."""

    naam: str
    kolommen: tuple[Kolom, ...]

    def _letter(self, kop: str) -> str:
        koppen = [k.kop for k in self.kolommen]
        if kop not in koppen:
            raise ValueError(f"Blad “{self.naam}” heeft geen kolom “{kop}”; wel: {', '.join(koppen)}.")
        return get_column_letter(koppen.index(kop) + 1)

    @property
    def _verwijzing(self) -> str:
        return "'" + self.naam.replace("'", "''") + "'!"

    def bereik(self, kop: str) -> str:
        """The whole column below its header, however many rows will be streamed into it."""
        letter = self._letter(kop)
        return f"{self._verwijzing}${letter}$2:${letter}${MAX_RIJEN + 1}"

    def cel(self, rij: int, kop: str) -> str:
        """The cell of the rij-th data row (from 1) under a header."""
        return f"{self._verwijzing}${self._letter(kop)}${rij + 1}"


@dataclass(frozen=True)
class Controle:
    """A live check: a reported number against a count over the list, `verschil` 0 when they agree."""

    omschrijving: str
    rapport: Blad
    rij: int
    kop: str
    lijst: Blad
    voorwaarden: Mapping[str, str]

    def telling(self) -> str:
        """COUNTIFS over the list; texts are quoted and wildcards switched off, so nothing typed is run."""
        if not self.voorwaarden:
            return f"=COUNTA({self.lijst.bereik(self.lijst.kolommen[0].kop)})"
        paren = (f"{self.lijst.bereik(kop)},{_criterium(w)}" for kop, w in self.voorwaarden.items())
        return f"=COUNTIFS({','.join(paren)})"


def _criterium(waarde: str) -> str:
    tekst = re.sub(r"([~*?])", r"~\1", veilige_tekst(waarde)).replace('"', '""')
    if len(tekst) > 250:
        raise ValueError("Een controle telt op een tekst van hooguit 250 tekens.")
    return f'"={tekst}"'


class Boek:
    """Add sheets, then ask for `bytes()` or `schrijf(doel)`.

    `gemaakt_op` is given by the caller and is the only moment that ends up in the file.
    """

    def __init__(self, *, titel: str, gemaakt_op: dt.datetime, maker: str = "", taal: str = "nl-NL") -> None:
        self._boek = Workbook()
        self._boek.remove(self._boek.worksheets[0])
        self._lijsten: dict[str, Rijen] = {}
        _zet_letter(self._boek)
        eigenschappen = self._boek.properties
        eigenschappen.title, eigenschappen.language = veilige_tekst(titel), taal
        eigenschappen.creator = veilige_tekst(maker)
        self._op = naar_amsterdam(gemaakt_op)

    def blad(self, naam: str, kolommen: Sequence[Kolom], rijen: Iterable[Sequence[Waarde]] = ()) -> Blad:
        """A sheet held in memory, as a table that filters and sorts. Raises ValueError for a header twice."""
        blad, ws = self._nieuw(naam, kolommen)
        aantal = 0
        for aantal, rij in enumerate(rijen, 1):
            for nummer, (kolom, waarde) in enumerate(zip(kolommen, rij, strict=True), 1):
                zet(ws, aantal + 1, nummer, celwaarde(waarde, kolom.soort), kolom.soort)
            ws.row_dimensions[aantal + 1].height = rijhoogte(kolommen, rij)
        self._maak_filter(ws, kolommen, aantal)
        if not aantal:
            leeg_op_een_pagina(ws)
        return blad

    def lijst(self, naam: str, kolommen: Sequence[Kolom], rijen: Iterable[Sequence[Waarde]]) -> Blad:
        """A sheet whose rows are read once, while the file is being written."""
        blad, ws = self._nieuw(naam, kolommen)
        self._lijsten[ws.title] = Rijen(tuple(kolommen), rijen)
        return blad

    def toelichting(self, regels: Iterable[tuple[str, Waarde]]) -> Blad:
        """The sheet that says what the numbers mean: definitions, period, who, when, hash."""
        return self.blad("Toelichting", _TOELICHTING, ((o, _leesbaar(w)) for o, w in regels))

    def controle(self, controles: Sequence[Controle]) -> Blad:
        """The sheet with live formulas; they show 0 difference as long as nobody changed a number."""
        blad, ws = self._nieuw("Controle", _CONTROLE)
        for rij, c in enumerate(controles, 2):
            zet(ws, rij, 1, celwaarde(c.omschrijving, "tekst"), "tekst")
            ws.row_dimensions[rij].height = rijhoogte(_CONTROLE[:1], [c.omschrijving])
            formules = (f"={c.rapport.cel(c.rij, c.kop)}", c.telling(), f"=B{rij}-C{rij}")
            for kolom, formule in enumerate(formules, 2):
                ws.cell(rij, kolom, formule).number_format = NOTATIE["getal"]
        self._maak_filter(ws, _CONTROLE, 0)
        return blad

    def gestapelde_grafiek(
        self, blad: Blad, *, titel: str, labels: str, reeksen: Sequence[str], rijen: int
    ) -> None:
        """A native stacked bar chart over the first `rijen` rows of a sheet's table, on a sheet of its own."""
        ws, koppen = cast(Worksheet, self._boek[blad.naam]), [k.kop for k in blad.kolommen]
        grafiek = BarChart()
        grafiek.type, grafiek.grouping, grafiek.overlap = "bar", "stacked", 100
        grafiek.title, grafiek.width, grafiek.height = veilige_tekst(titel), 25, grafiekhoogte(rijen)
        for kop in reeksen:
            kolom = koppen.index(kop) + 1
            grafiek.add_data(Reference(ws, kolom, 1, kolom, rijen + 1), titles_from_data=True)
        plaats = koppen.index(labels) + 1
        grafiek.set_categories(Reference(ws, plaats, 2, plaats, rijen + 1))
        for i, reeks in enumerate(grafiek.series):
            reeks.graphicalProperties = _vulling(i)
        grafiek.x_axis.delete = grafiek.y_axis.delete = False
        grafiek.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
        ander = self._boek.create_sheet(_bladnaam("Grafiek", self._boek.sheetnames))
        grafiekblad(ander, grafiek, self._boek.properties.title or "", self._op)

    def schrijf(self, doel: str | Path | IO[bytes]) -> dict[str, int]:
        """Writes the file; a path only appears when it is complete. Returns the rows per streamed sheet.

        Raises ValueError when a list is longer than a spreadsheet can be.
        """
        return bewaar(self._boek, self._lijsten, doel, self._op)

    def bytes(self) -> bytes:
        """The whole file in memory; for reports, not for long lists."""
        uit = io.BytesIO()
        self.schrijf(uit)
        return uit.getvalue()

    def _nieuw(self, naam: str, kolommen: Sequence[Kolom]) -> tuple[Blad, Worksheet]:
        koppen = [k.kop.casefold() for k in kolommen]
        dubbel = {k for k in koppen if koppen.count(k) > 1}
        if dubbel or not kolommen:
            raise ValueError(f"Elke kolom van “{naam}” heeft een eigen kop nodig; dubbel: {sorted(dubbel)}.")
        ws = self._boek.create_sheet(_bladnaam(naam, self._boek.sheetnames))
        _maak_kop(ws, kolommen)
        maak_afdruk(ws, kolommen, self._boek.properties.title or "", self._op)
        return Blad(ws.title, tuple(kolommen)), ws

    def _maak_filter(self, ws: Worksheet, kolommen: Sequence[Kolom], rijen: int) -> None:
        """A table when there is something in it (a table without rows is a damaged file), else a filter."""
        bereik = f"A1:{get_column_letter(len(kolommen))}{rijen + 1}"
        if not rijen:
            ws.auto_filter.ref = bereik
            return
        tabel = Table(displayName=f"Tabel{len(self._boek.worksheets)}", ref=bereik)
        tabel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        ws.add_table(tabel)


def _vulling(reeks: int) -> GraphicalProperties:
    kleur, patroon = _VULLINGEN[reeks % len(_VULLINGEN)]
    vorm = GraphicalProperties(solidFill=kleur)
    if patroon:
        inkt, vlak = ColorChoice(), ColorChoice()
        inkt.RGB, vlak.RGB = _DONKER, kleur
        arcering = PatternFillProperties(fgClr=inkt, bgClr=vlak)
        arcering.prst = patroon
        vorm = GraphicalProperties(pattFill=arcering)
    vorm.line.solidFill = "000000"
    return vorm


def _zet_letter(boek: Workbook) -> None:
    """Arial instead of openpyxl's Calibri: where that is missing, every column and row gets another size."""
    letter = Font(name=_LETTER, size=_PUNTEN, family=2)
    boek._fonts = IndexedList([letter])  # type: ignore[attr-defined]  # openpyxl has no other way
    boek._named_styles["Normal"].font = letter  # type: ignore[attr-defined]  # idem


def _leesbaar(waarde: Waarde) -> Waarde:
    """In the one text column of the Toelichting moments keep their time."""
    if isinstance(waarde, dt.datetime):
        return f"{naar_amsterdam(waarde):%d-%m-%Y %H:%M} uur"
    return waarde


def _bladnaam(naam: str, bezet: Sequence[str]) -> str:
    """At most 31 characters, none of []:*?/\\, no quote at an end, not in use."""
    schoon = re.sub(r"[\[\]:*?/\\]", "-", veilige_tekst(naam)).strip("' \n\t")[:31].strip("' ") or "Blad"
    kandidaten = [schoon, *(f"{schoon[:27].strip()} ({n})" for n in range(2, 100))]
    gebruikt = {b.casefold() for b in bezet}
    return next(k for k in kandidaten if k.casefold() not in gebruikt)


def _maak_kop(ws: Worksheet, kolommen: Sequence[Kolom]) -> None:
    lijn = Border(bottom=Side(style="medium"))
    for nummer, kolom in enumerate(kolommen, 1):
        cel = zet(ws, 1, nummer, veilige_tekst(kolom.kop), "tekst")
        cel.font, cel.border = Font(name=_LETTER, size=_PUNTEN, bold=True), lijn
        cel.fill = PatternFill("solid", fgColor="E3ECF5")
        rechts = kant(kolom.soort) == "right"
        cel.alignment = Alignment(
            wrap_text=True, vertical="bottom", horizontal=kant(kolom.soort), indent=1 if rechts else 0
        )
        ws.column_dimensions[get_column_letter(nummer)].width = kolom.breedte
    ws.row_dimensions[1].height = REGEL * max(_kopregels(kolom) for kolom in kolommen)
    ws.freeze_panes = "A2"


def _kopregels(kolom: Kolom) -> int:
    """Word by word: bold letters are broad, a long word does not share its line, above figures it stands off the edge."""
    af = 3 if kant(kolom.soort) == "right" else 1
    op_een_regel, aantal, gevuld = past(kolom) - af, 1, 0
    for woord in kolom.kop.split():
        if gevuld and gevuld + 1 + len(woord) > op_een_regel:
            aantal, gevuld = aantal + 1, 0
        gevuld += len(woord) + (1 if gevuld else 0)
    return aantal


def schrijf_lijst(
    doel: str | Path | IO[bytes],
    kolommen: Sequence[Kolom],
    rijen: Iterable[Sequence[Waarde]],
    *,
    titel: str,
    gemaakt_op: dt.datetime,
    toelichting: Sequence[tuple[str, Waarde]] = (),
    blad: str = "Lijst",
) -> int:
    """One long list straight to a file, memory flat; returns the number of rows written."""
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op)
    naam = boek.lijst(blad, kolommen, rijen).naam
    if toelichting:
        boek.toelichting(toelichting)
    return boek.schrijf(doel)[naam]

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
from typing import IO, cast

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from wmo_portal.lib.tabelblad.cellen import (
    MAX_RIJEN,
    NOTATIE,
    Kolom,
    Waarde,
    celwaarde,
    naar_amsterdam,
    veilige_tekst,
)
from wmo_portal.lib.tabelblad.stroom import Rijen, bewaar, zet

_TOELICHTING = (Kolom("Onderwerp", "tekst", 30), Kolom("Toelichting", "tekst", 95))
_CONTROLE = (
    Kolom("Controle", "tekst", 60),
    Kolom("In het rapport", "getal", 16),
    Kolom("Geteld uit de lijst", "getal", 18),
    Kolom("Verschil", "getal", 12),
)
_GRIJS = ("1B3A5C", "B9CDE0", "43678C", "E3ECF5", "6F97BD", "8A8A8A", "D9D9D9", "2E2E2E")


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
        self._maak_filter(ws, kolommen, aantal)
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
            formules = (f"={c.rapport.cel(c.rij, c.kop)}", c.telling(), f"=B{rij}-C{rij}")
            for kolom, formule in enumerate(formules, 2):
                ws.cell(rij, kolom, formule).number_format = NOTATIE["getal"]
        self._maak_filter(ws, _CONTROLE, 0)
        return blad

    def gestapelde_grafiek(
        self, blad: Blad, *, titel: str, labels: str, reeksen: Sequence[str], rijen: int
    ) -> None:
        """A native stacked bar chart to the right of a sheet's table, over its first `rijen` rows."""
        ws, koppen = cast(Worksheet, self._boek[blad.naam]), [k.kop for k in blad.kolommen]
        grafiek = BarChart()
        grafiek.type, grafiek.grouping, grafiek.overlap = "bar", "stacked", 100
        grafiek.title, grafiek.height, grafiek.width = veilige_tekst(titel), 2.5 + 1.1 * rijen, 22
        for kop in reeksen:
            kolom = koppen.index(kop) + 1
            grafiek.add_data(Reference(ws, kolom, 1, kolom, rijen + 1), titles_from_data=True)
        plaats = koppen.index(labels) + 1
        grafiek.set_categories(Reference(ws, plaats, 2, plaats, rijen + 1))
        for i, reeks in enumerate(grafiek.series):
            reeks.graphicalProperties.solidFill = _GRIJS[i % len(_GRIJS)]
            reeks.graphicalProperties.line.solidFill = "000000"
        grafiek.x_axis.delete = grafiek.y_axis.delete = False
        grafiek.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
        ws.add_chart(grafiek, f"{get_column_letter(len(koppen) + 2)}2")

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
        _maak_afdruk(ws)
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
        cel.font, cel.border = Font(bold=True), lijn
        cel.fill = PatternFill("solid", fgColor="E3ECF5")
        cel.alignment = Alignment(wrap_text=True, vertical="bottom")
        ws.column_dimensions[get_column_letter(nummer)].width = kolom.breedte
    ws.freeze_panes = "A2"


def _maak_afdruk(ws: Worksheet) -> None:
    ws.print_title_rows = "1:1"
    ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9  # A4
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    cast(HeaderFooterItem, ws.oddFooter).center.text = "Pagina &P van &N"


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

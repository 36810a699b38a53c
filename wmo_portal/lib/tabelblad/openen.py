"""Opening an upload without trusting it: what the zip claims is checked before anything is unpacked.

A zip cannot give more than it claims (reading stops there and the checksum fails), so the claim is the cap.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

MAX_DELEN = 2_000
MAX_KOLOMMEN = 256
MAX_VERHOUDING = 400
MAX_ELEMENTEN = 5_000_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = tuple("<!DOCTYPE".encode(c) for c in ("utf-8", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")
_SCHEIDINGEN = ";,\t"


class BestandGeweigerd(Exception):
    """The file as a whole cannot be read; the message is a Dutch sentence for the user."""


@dataclass(frozen=True)
class RuweCel:
    """A cell as found; `soort` is one of waarde, formule, fout.

    Of a formula `waarde` is what it worked out to when the file was saved, None when the file does not say: nothing is
    ever calculated here.
    """

    waarde: Any
    soort: str = "waarde"


RuweRij = tuple[int, Sequence[RuweCel]]


@dataclass(frozen=True)
class RuwBlad:
    """A sheet by name, its rows still to be read: number as the user sees it, and cells."""

    naam: str
    rijen: Iterator[RuweRij]


def open_bestand(inhoud: bytes, max_uitgepakt: int) -> Iterator[RuwBlad]:
    """The sheets of an xlsx, visible ones first, or the one sheet of a csv. Raises BestandGeweigerd."""
    if not inhoud.strip():
        raise BestandGeweigerd("Het bestand is leeg. Kies een bestand met een kopregel en rijen.")
    if inhoud.startswith(_OLE):
        raise BestandGeweigerd(
            "Dit is een Excel-bestand met een wachtwoord, of een oud .xls-bestand. "
            "Sla het zonder wachtwoord op als .xlsx en kies het opnieuw."
        )
    if inhoud.startswith(_ZIP):
        return _open_xlsx(inhoud, max_uitgepakt)
    return iter([_open_csv(inhoud, max_uitgepakt)])


def controleer_zip(inhoud: bytes, max_uitgepakt: int) -> None:
    """Refuses bombs, encrypted parts, odd paths and XML that declares a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            delen = zip_.infolist()
            _controleer_maten(delen, len(inhoud), max_uitgepakt)
            elementen = sum(_controleer_xml(zip_, d) for d in delen if d.filename.endswith(_XML))
    except BestandGeweigerd:
        raise
    except Exception as fout:  # BadZipFile, zlib.error, EOFError, ValueError, …
        raise BestandGeweigerd(
            "Dit bestand is beschadigd en niet uit te pakken. Open het in Excel en sla het opnieuw op."
        ) from fout
    if elementen > MAX_ELEMENTEN:
        raise BestandGeweigerd(
            f"Dit bestand heeft meer dan {MAX_ELEMENTEN} onderdelen. Haal lege cellen met opmaak weg, of splits het."
        )


def _controleer_maten(delen: Sequence[zipfile.ZipInfo], grootte: int, max_uitgepakt: int) -> None:
    totaal = sum(d.file_size for d in delen)
    if len(delen) > MAX_DELEN:
        raise BestandGeweigerd(f"Dit bestand bestaat uit {len(delen)} delen; toegestaan zijn er {MAX_DELEN}.")
    if totaal > max_uitgepakt:
        raise BestandGeweigerd(
            f"Uitgepakt is dit bestand {mb(totaal)}; toegestaan is {mb(max_uitgepakt)}. "
            "Haal lege rijen en afbeeldingen weg, of splits het bestand."
        )
    if totaal > 1_000_000 and totaal > MAX_VERHOUDING * grootte:
        raise BestandGeweigerd(
            f"Dit bestand wordt uitgepakt {totaal // max(grootte, 1)} keer zo groot. Dat past niet bij een "
            "gewoon bestand. Sla het opnieuw op en probeer het nog eens."
        )
    if any(d.flag_bits & 0x1 for d in delen):
        raise BestandGeweigerd("Dit bestand heeft een wachtwoord. Sla het zonder wachtwoord op.")
    if any(d.filename.startswith(("/", "\\")) or ".." in d.filename.split("/") for d in delen):
        raise BestandGeweigerd(
            "In dit bestand staan delen met een pad dat niet mag. Sla het opnieuw op in Excel."
        )


def mb(aantal: int) -> str:
    return f"{aantal / 1_000_000:.1f} MB".replace(".", ",")


def _controleer_xml(zip_: zipfile.ZipFile, deel: zipfile.ZipInfo) -> int:
    """Office files never declare a document type; one that does is an attack. Returns a count of tags."""
    elementen, rest = 0, b""
    with zip_.open(deel) as stroom:
        while blok := stroom.read(1 << 16):
            if any(teken in rest + blok for teken in _DOCTYPE):
                raise BestandGeweigerd(
                    "In dit bestand staat XML met een DOCTYPE. Dat mag niet. Sla het opnieuw op."
                )
            elementen += blok.count(b"<")
            rest = blok[-20:]
    return elementen


def _open_xlsx(inhoud: bytes, max_uitgepakt: int) -> Iterator[RuwBlad]:
    controleer_zip(inhoud, max_uitgepakt)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about extensions that it skips
        try:
            boek = load_workbook(io.BytesIO(inhoud), read_only=True, keep_links=False)
            bladen = sorted(boek.worksheets, key=lambda ws: ws.sheet_state != "visible")
        except Exception as fout:  # openpyxl raises whatever its parser meets
            raise BestandGeweigerd(
                "Dit bestand is niet als Excel-bestand te lezen. Sla het in Excel op als .xlsx."
            ) from fout
    return (RuwBlad(ws.title, _rijen_xlsx(ws)) for ws in bladen)


def _rijen_xlsx(ws: Any) -> Iterator[RuweRij]:
    """Rows that hold something, as far as the sheet can be read."""
    nummer = 0
    rijen = _ontleed(ws)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # dates outside the calendar
                nummer, cellen = next(rijen)
        except StopIteration:
            return
        except Exception as fout:  # a damaged sheet fails in the middle of reading
            raise BestandGeweigerd(
                f"Blad “{ws.title}” is na rij {nummer} niet verder te lezen. Sla het opnieuw op in Excel."
            ) from fout
        if any(c.waarde not in (None, "") or c.soort == "formule" for c in cellen):
            yield nummer, cellen


def _ontleed(ws: Any) -> Iterator[RuweRij]:
    """openpyxl's own cell parser, but without the empty rows and columns that its reader adds: one cell far
    below made that take minutes. What stands around the rows (print settings, views) is not read at all."""
    boek = ws.parent
    lezer = WorkSheetParser(
        io.BytesIO(),
        ws._shared_strings,
        data_only=True,
        epoch=boek.epoch,
        date_formats=boek._date_formats,
        timedelta_formats=boek._timedelta_formats,
    )
    with ws._get_source() as bron:
        for _, element in iterparse(bron):
            if element.tag == ROW_TAG:
                nummer, cellen = lezer.parse_row(element)
                yield nummer, _rij(cellen, _uitkomsten(cellen, element))
                element.clear()
                lezer.row_dimensions.clear()
            elif element.tag == DATA_TAG:
                return


def _uitkomsten(cellen: Sequence[dict[str, Any]], rij: Any) -> dict[int, Any]:
    """Of the formulas in a row what they worked out to, by column. An empty text is an outcome too."""
    return {
        cel["column"]: "" if cel["value"] is None and element.get("t") == "str" else cel["value"]
        for cel, element in zip(cellen, rij, strict=True)
        if element.find(FORMULA_TAG) is not None
    }


def _rij(cellen: Sequence[dict[str, Any]], formules: dict[int, Any]) -> list[RuweCel]:
    """The cells in their columns, as far as a table can reasonably reach."""
    binnen = [
        c
        for c in cellen
        if c["column"] <= MAX_KOLOMMEN and (c["value"] is not None or c["column"] in formules)
    ]
    rij = [RuweCel(None)] * max((c["column"] for c in binnen), default=0)
    for c in binnen:
        waarde = formules.get(c["column"], c["value"])
        soort = "fout" if c["data_type"] == "e" else "formule" if c["column"] in formules else "waarde"
        rij[c["column"] - 1] = RuweCel(
            waarde.replace("_x005F_", "_") if isinstance(waarde, str) else waarde, soort
        )
    return rij


def _open_csv(inhoud: bytes, max_uitgepakt: int) -> RuwBlad:
    if len(inhoud) > max_uitgepakt:
        raise BestandGeweigerd(
            f"Dit bestand is {mb(len(inhoud))}; toegestaan is {mb(max_uitgepakt)}. Splits het bestand."
        )
    tekst = _decodeer(inhoud)
    if "\x00" in tekst:
        raise BestandGeweigerd("Dit is geen Excel- of csv-bestand. Sla het op als .xlsx of als csv.")
    begin = tekst[:20_000].splitlines()[:10]
    scheiding = max(_SCHEIDINGEN, key=lambda s: max((regel.count(s) for regel in begin), default=0))
    return RuwBlad("csv", _rijen_csv(tekst, scheiding))


def _decodeer(inhoud: bytes) -> str:
    """UTF-8, UTF-16 when it says so, else what Excel in Dutch Windows writes."""
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return inhoud.decode("utf-16", errors="replace")
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", errors="replace")


def _rijen_csv(tekst: str, scheiding: str) -> Iterator[RuweRij]:
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding)
    nummer = 0
    while True:
        try:
            rij = next(lezer, None)
        except csv.Error as fout:
            raise BestandGeweigerd(
                f"Na rij {nummer} is het bestand niet te lezen. Staat daar een aanhalingsteken te veel?"
            ) from fout
        if rij is None:
            return
        nummer += 1
        if any(veld.strip() for veld in rij):
            yield nummer, [RuweCel(veld.strip() or None) for veld in rij]

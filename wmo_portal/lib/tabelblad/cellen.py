"""One cell: what kind a column is, and how a value becomes a number, a date or text that stays text."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from wmo_portal.lib.tekst import zonder_stuurtekens

Soort = Literal["tekst", "getal", "percentage", "datum", "tijdstip", "identificatie"]
Waarde = str | int | float | Decimal | dt.date | dt.datetime | bool | None
Celwaarde = str | int | float | Decimal | dt.date | dt.datetime | None

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOTATIE: dict[Soort, str] = {
    "tekst": "General",
    "identificatie": "@",
    "getal": "General_)_)",
    "percentage": "0.0%_)_)",
    "datum": "dd-mm-yyyy",
    "tijdstip": "dd-mm-yyyy hh:mm",
}
"""Figures stand off the right edge by the width of two brackets, or they would touch the text beside them. An indent would
say the same, but LibreOffice forgets it from the second printed page on."""
# What a spreadsheet can hold.
MAX_TEKENS = 32_767
MAX_RIJEN = 1_048_575
_INGEKORT = " … (ingekort: in een cel passen 32.767 tekens)"
_ZEKERE_CIJFERS = 10**15
_EERSTE_DAG = dt.date(1900, 3, 1)  # before this day spreadsheets count a 29 February 1900 that never was
# A text that some program reads as a formula, after blanks too.
_RISICO = re.compile(r"[\s]*[=+\-@|%]|[\t\n]")
# Spreadsheets read _x0041_ as a coded character; a real one is written with its own underscore coded.
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Kolom:
    """A column: its header, what its cells are, its width in characters, and whether a printed page begins here."""

    kop: str
    soort: Soort = "tekst"
    breedte: float = 18
    nieuwe_pagina: bool = False


def is_riskant(tekst: str) -> bool:
    """Whether the text gets the quote prefix, so that it stays text when a user edits the cell."""
    return _RISICO.match(tekst) is not None


def veilige_tekst(tekst: str) -> str:
    """What a cell can hold: no control characters, no more than fits, coded characters as themselves."""
    schoon = _CODE.sub("_x005F_", zonder_stuurtekens(tekst))
    return schoon if len(schoon) <= MAX_TEKENS else schoon[: MAX_TEKENS - len(_INGEKORT)] + _INGEKORT


def celwaarde(waarde: Waarde, soort: Soort) -> Celwaarde:
    """The value as the cell holds it. Total: what does not fit the kind of column becomes text."""
    if waarde is None or waarde == "":
        return None
    if isinstance(waarde, bool):
        return "Ja" if waarde else "Nee"
    if isinstance(waarde, dt.date):
        return _moment(waarde, soort)
    if isinstance(waarde, str) or soort not in ("getal", "percentage"):
        return veilige_tekst(str(waarde)) or None
    if not math.isfinite(waarde) or abs(float(waarde)) >= _ZEKERE_CIJFERS:
        return str(waarde)  # a spreadsheet would round or refuse it
    return waarde


def _moment(waarde: dt.date, soort: Soort) -> Celwaarde:
    """Aware moments in Amsterdam's time, since a spreadsheet knows no zones."""
    if isinstance(waarde, dt.datetime):
        waarde = naar_amsterdam(waarde)
        dag = waarde.date()
    else:
        dag = waarde
    if soort not in ("datum", "tijdstip") or dag < _EERSTE_DAG:
        return f"{dag:%d-%m-}{dag.year:04d}"
    return dag if soort == "datum" else waarde


def naar_amsterdam(op: dt.datetime) -> dt.datetime:
    """Naive local time, to the second."""
    lokaal = op.astimezone(AMSTERDAM) if op.tzinfo else op
    return lokaal.replace(tzinfo=None, microsecond=0)

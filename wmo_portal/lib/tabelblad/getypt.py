"""What a person typed in a cell, as the value a column wants: a date, a number, an identifier."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from wmo_portal.lib.tabelblad.cellen import Soort
from wmo_portal.lib.tekst import in_het_kort, zonder_stuurtekens

_DATUM_NL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]0?0:00(?::00)?)?")
_DATUM_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_GETAL_NL = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_GETAL_PUNT = re.compile(r"[+-]?\d+\.\d+")


class NietGelezen(ValueError):
    """The value does not fit its column; the message is the second half of a Dutch sentence."""


def lees_waarde(ruw: Any, soort: Soort, lengte: int | None = None) -> Any:
    """The typed value, or None for an empty cell. Raises NietGelezen."""
    if ruw is None or (isinstance(ruw, str) and not ruw.strip()):
        return None
    match soort:
        case "datum":
            return _datum(ruw)
        case "tijdstip":
            return _tijdstip(ruw)
        case "getal":
            return _getal(ruw)
        case "percentage":
            return _percentage(ruw)
        case "identificatie":
            return _identificatie(ruw, lengte)
        case _:
            return _tekst(ruw)


def toon(ruw: Any) -> str:
    """The value found, for in a sentence; at most 40 characters."""
    if isinstance(ruw, dt.datetime):
        return f"{ruw:%d-%m-%Y}"
    return in_het_kort(str(ruw), 40)


def _datum(ruw: Any) -> dt.date:
    if isinstance(ruw, dt.datetime):
        return ruw.date()
    if isinstance(ruw, dt.date):
        return ruw
    tekst = str(ruw).strip()
    for patroon, volgorde in ((_DATUM_NL, (3, 2, 1)), (_DATUM_ISO, (1, 2, 3))):
        if m := patroon.fullmatch(tekst):
            try:
                return dt.date(*(int(m[i]) for i in volgorde))
            except ValueError:
                raise NietGelezen(f"“{toon(ruw)}” is geen dag die bestaat") from None
    raise NietGelezen(f"“{toon(ruw)}” is geen datum; schrijf dd-mm-jjjj")


def _tijdstip(ruw: Any) -> dt.datetime:
    """Local time as the sheet shows it; a bare day is its first moment."""
    if isinstance(ruw, dt.datetime):
        return ruw
    try:
        return dt.datetime.strptime(str(ruw).strip(), "%d-%m-%Y %H:%M")  # noqa: DTZ007 - a sheet has no zones
    except ValueError:
        return dt.datetime.combine(_datum(ruw), dt.time())


def _getal(ruw: Any) -> Decimal:
    """1.234,5 and 1234.5 alike; 1.234 is a thousand and more, as Dutch writes it."""
    if isinstance(ruw, bool | dt.date | dt.time | dt.timedelta):
        raise NietGelezen(f"“{toon(ruw)}” is geen getal")
    tekst = str(ruw).strip().replace("\u00a0", "").replace(" ", "").replace("−", "-")
    if not isinstance(ruw, str):
        return _decimaal(tekst, ruw)
    if not tekst.isascii():
        raise NietGelezen(f"“{toon(ruw)}” is geen getal")
    if _GETAL_NL.fullmatch(tekst):
        return _decimaal(tekst.replace(".", "").replace(",", "."), ruw)
    if _GETAL_PUNT.fullmatch(tekst):
        return _decimaal(tekst, ruw)
    raise NietGelezen(f"“{toon(ruw)}” is geen getal")


def _decimaal(tekst: str, ruw: Any) -> Decimal:
    try:
        waarde = Decimal(tekst)
    except InvalidOperation:
        raise NietGelezen(f"“{toon(ruw)}” is geen getal") from None
    if not waarde.is_finite():
        raise NietGelezen(f"“{toon(ruw)}” is geen getal")
    return waarde


def _percentage(ruw: Any) -> Decimal:
    """As a fraction: 12,5% is 0.125, and so is the number behind a cell that shows 12,5%."""
    if isinstance(ruw, str):
        if not ruw.strip().endswith("%"):
            raise NietGelezen(f"“{toon(ruw)}” is geen percentage; schrijf het met het teken %, zoals 12,5%")
        return _getal(ruw.strip()[:-1]) / 100
    return _getal(ruw)


def _identificatie(ruw: Any, lengte: int | None) -> str:
    """Text; a cell that Excel made a number gets its leading zeros back up to `lengte`."""
    if isinstance(ruw, bool | dt.date | dt.time | dt.timedelta):
        raise NietGelezen(f"“{toon(ruw)}” is geen nummer; maak de kolom op als tekst")
    if isinstance(ruw, float):
        if not ruw.is_integer() or abs(ruw) >= 10**15:
            raise NietGelezen(f"“{toon(ruw)}” is door Excel afgerond; maak de kolom op als tekst")
        ruw = int(ruw)
    if isinstance(ruw, int):
        if abs(ruw) >= 10**15:
            raise NietGelezen(f"“{toon(ruw)}” is door Excel afgerond; maak de kolom op als tekst")
        return str(ruw).zfill(lengte or 0)
    return zonder_stuurtekens(str(ruw)).strip()


def _tekst(ruw: Any) -> str:
    if isinstance(ruw, bool):
        return "Ja" if ruw else "Nee"
    if isinstance(ruw, dt.datetime) and ruw.time() == dt.time():
        return f"{ruw:%d-%m-%Y}"
    if isinstance(ruw, float) and ruw.is_integer():
        return str(int(ruw))
    return zonder_stuurtekens(str(ruw)).strip()

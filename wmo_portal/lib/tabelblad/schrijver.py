"""From values to the XML of cells, a column of some hundreds of rows at a time.

`langzaam` says for one value what a cell looks like, whatever the value is. The loops beside it say the same, faster,
of what nearly every cell holds: ordinary text, a number, a day, a moment. tests/lib/test_tabelblad_schrijver proves
that they do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from wmo_portal.lib.tabelblad.cellen import AMSTERDAM, Soort, Waarde, celwaarde, is_riskant

Kolomschrijver = Callable[[Sequence[str], Sequence[Waarde]], list[str]]
"""Row numbers and values in, cells out; an empty cell is an empty string."""

_NUL = dt.date(1899, 12, 30).toordinal()
_EERSTE_JAAR = 1901
_VEILIG_GETAL = 10**15
_ONTHOUDEN = 2_000
# Letters, digits and the signs of ordinary sentences: nothing to escape, to clean or to be wary of at the beginning.
_LETTER = "A-Za-z0-9À-ÖØ-öø-ÿ"
_TEKEN = rf"[{_LETTER} .,:;()/+’'–-]"
_ZIN = rf"[{_LETTER}(]{_TEKEN}{{0,1000}}(?<! )"
_GEWOON = re.compile(_ZIN)
_ALLEMAAL_GEWOON = re.compile(rf"(?:{_ZIN}\n)*")


@dataclass(frozen=True, slots=True)
class Vorm:
    """A column: its letter, what its cells are, and the styles of a cell and of one that is wary."""

    letter: str
    soort: Soort
    stijl: int
    stijl_riskant: int

    @property
    def begin(self) -> str:
        return f'<c r="{self.letter}'

    @property
    def tekst(self) -> tuple[str, str]:
        """Around a text without blanks at its ends, from the address on."""
        return f'" s="{self.stijl}" t="inlineStr"><is><t>', "</t></is></c>"

    @property
    def getal(self) -> tuple[str, str]:
        return f'" s="{self.stijl}"><v>', "</v></c>"


def kolomschrijver(vorm: Vorm) -> Kolomschrijver:
    soorten = {"getal": _getallen, "percentage": _getallen, "tijdstip": _momenten, "identificatie": _nummers}
    return soorten.get(vorm.soort, _teksten)(vorm)


def langzaam(waarde: Waarde, vorm: Vorm) -> str:
    """What stands after the address of a cell; empty for no cell."""
    cel = celwaarde(waarde, vorm.soort)
    if cel is None:
        return ""
    if isinstance(cel, str):
        stijl = vorm.stijl_riskant if is_riskant(cel) else vorm.stijl
        xml = escape(cel, quote=False)
        blanco = ' xml:space="preserve"' if cel != cel.strip() or "\n" in cel else ""
        return f'" s="{stijl}" t="inlineStr"><is><t{blanco}>{xml}</t></is></c>'
    return f'" s="{vorm.stijl}"><v>{_getal(cel)}</v></c>'


def _getal(cel: int | float | Decimal | dt.date) -> str:
    """Numbers as they are, days and moments as days since the spreadsheet's own zero."""
    if isinstance(cel, dt.datetime):
        return repr(_dagen(cel))
    if isinstance(cel, dt.date):
        return str(cel.toordinal() - _NUL)
    return repr(cel) if isinstance(cel, float) else str(cel)


def _dagen(op: dt.datetime) -> float:
    lokaal = op.astimezone(AMSTERDAM) if op.tzinfo else op
    return lokaal.toordinal() - _NUL + (lokaal.hour * 3600 + lokaal.minute * 60 + lokaal.second) / 86400


def _op_adres(vorm: Vorm, r: str, waarde: Waarde) -> str:
    uit = langzaam(waarde, vorm)
    return f"{vorm.begin}{r}{uit}" if uit else ""


class _Bekend(dict[object, str]):
    """What was written for a value before. Only text, days and nothing: 1, 1.0 and True are one key and three cells."""

    def __init__(self, vorm: Vorm) -> None:
        self._vorm, (self._voor, self._na) = vorm, vorm.tekst

    def __missing__(self, waarde: Waarde) -> str:
        if type(waarde) is str and _GEWOON.fullmatch(waarde):
            uit = f"{self._voor}{waarde}{self._na}"
        else:
            uit = langzaam(waarde, self._vorm)
        if len(self) < _ONTHOUDEN and type(waarde) in (str, dt.date, type(None)):
            self[waarde] = uit
        return uit


def _teksten(vorm: Vorm) -> Kolomschrijver:
    """Names, categories and days come back again and again."""
    begin, bekend = vorm.begin, _Bekend(vorm)

    def schrijf(nummers: Sequence[str], waarden: Sequence[Waarde]) -> list[str]:
        return [
            f"{begin}{r}{uit}" if (uit := bekend[w]) else "" for r, w in zip(nummers, waarden, strict=True)
        ]

    return schrijf


def _nummers(vorm: Vorm) -> Kolomschrijver:
    """Marks and numbers are all different: a block that is plain is written at once."""
    begin, (voor, na), een_voor_een = vorm.begin, vorm.tekst, _teksten(vorm)

    def schrijf(nummers: Sequence[str], waarden: Sequence[Waarde]) -> list[str]:
        if {type(w) for w in waarden} == {str} and _ALLEMAAL_GEWOON.fullmatch("\n".join(waarden) + "\n"):  # type: ignore[arg-type]
            return [f"{begin}{r}{voor}{w}{na}" for r, w in zip(nummers, waarden, strict=True)]
        return een_voor_een(nummers, waarden)

    return schrijf


def _getallen(vorm: Vorm) -> Kolomschrijver:
    begin, (voor, na) = vorm.begin, vorm.getal

    def schrijf(nummers: Sequence[str], waarden: Sequence[Waarde]) -> list[str]:
        return [
            f"{begin}{r}{voor}{w!r}{na}"
            if type(w) in (int, float) and -_VEILIG_GETAL < w < _VEILIG_GETAL  # type: ignore[operator]
            else _op_adres(vorm, r, w)
            for r, w in zip(nummers, waarden, strict=True)
        ]

    return schrijf


def _momenten(vorm: Vorm) -> Kolomschrijver:
    begin, (voor, na) = vorm.begin, vorm.getal

    def schrijf(nummers: Sequence[str], waarden: Sequence[Waarde]) -> list[str]:
        return [
            f"{begin}{r}{voor}{_dagen(w)!r}{na}"
            if type(w) is dt.datetime and w.year >= _EERSTE_JAAR
            else _op_adres(vorm, r, w)
            for r, w in zip(nummers, waarden, strict=True)
        ]

    return schrijf

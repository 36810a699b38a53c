"""The burgerservicenummer: checking, masking and finding it in text.

A BSN never belongs in a log, a URL, a mail or an error sentence: no sentence in this module repeats the
number it is about. Encryption lives in `sleutelbos` and is offered here too, because the two go together.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from stdnum.nl import bsn as _stdnum

from wmo_portal.lib.sleutelbos import OntsleutelFout, Sleutelbos, SleutelFout, nieuwe_sleutel

__all__ = [
    "BsnFilter",
    "BsnOngeldig",
    "OntsleutelFout",
    "SleutelFout",
    "Sleutelbos",
    "is_geldig",
    "is_test_bsn",
    "maskeer",
    "maskeer_tekst",
    "nieuwe_sleutel",
    "valideer",
    "vind_bsns",
]

LENGTE = 9
MASKER = "•••••"
# The range that is never issued to a person; demo data and tests use nothing else.
TEST_EERSTE, TEST_LAATSTE = 999_900_006, 999_999_990

# First alternatives are skipped: identifiers and digests hold runs of nine digits by chance.
# `%20` before a number is two digits of an escape, not of the number.
_IN_TEKST = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])"
    r"|(?:(?<![0-9])|(?<=%[0-9a-f]{2}))"
    r"(?P<bsn>[0-9]{9}"
    r"|[0-9]{4}(?P<s1>[ .\u00a0-])[0-9]{2}(?P=s1)[0-9]{3}"
    r"|[0-9]{3}(?P<s2>[ .\u00a0-])[0-9]{3}(?P=s2)[0-9]{3})"
    r"(?![0-9])",
    re.IGNORECASE,
)


class BsnOngeldig(ValueError):
    """The text is not a BSN; the message is a Dutch sentence for the user and holds no digits of it."""


def valideer(tekst: str) -> str:
    """The nine digits of a BSN typed with or without dots, spaces or hyphens.

    A spreadsheet drops a leading zero, so eight digits are padded. Raises BsnOngeldig.
    """
    cijfers = re.sub(r"[\s.\-]", "", tekst)
    if not cijfers:
        raise BsnOngeldig("Vul een BSN in van 9 cijfers.")
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise BsnOngeldig(
            "Een BSN bestaat alleen uit cijfers. Controleer of er een ander teken tussen staat."
        )
    if len(cijfers) not in (LENGTE - 1, LENGTE):
        raise BsnOngeldig(f"Een BSN heeft 9 cijfers; hier staan er {len(cijfers)}.")
    if not _stdnum.is_valid(cijfers):
        raise BsnOngeldig("Dit BSN voldoet niet aan de elfproef. Controleer het nummer op een tikfout.")
    return str(_stdnum.compact(cijfers))


def is_geldig(tekst: str) -> bool:
    """Whether `valideer` would accept the text."""
    try:
        valideer(tekst)
    except BsnOngeldig:
        return False
    return True


def is_test_bsn(tekst: str) -> bool:
    """A valid BSN out of the range that belongs to nobody."""
    return is_geldig(tekst) and TEST_EERSTE <= int(valideer(tekst)) <= TEST_LAATSTE


def maskeer(bsn: str) -> str:
    """`•••••782`: five dots and the last three digits; fewer than six digits are hidden altogether."""
    cijfers = re.sub(r"[^0-9]", "", bsn)
    return MASKER + (cijfers[-3:] if len(cijfers) >= 6 else "")


def vind_bsns(tekst: str) -> list[str]:
    """Every BSN in the text, as nine digits, in order of appearance.

    Looks for nine digits that stand apart (also as 9999.00.006 or 999 900 006) and pass the 11-proef. One
    number in eleven passes by chance: a sniffer in tests narrows the answer with `is_test_bsn`.
    """
    gevonden = (m["bsn"] for m in _IN_TEKST.finditer(tekst) if m["bsn"])
    return [valideer(nummer) for nummer in gevonden if is_geldig(nummer)]


def maskeer_tekst(tekst: str) -> str:
    """The text with each BSN in it masked."""

    def vervang(m: re.Match[str]) -> str:
        return maskeer(m[0]) if m["bsn"] and is_geldig(m["bsn"]) else m[0]

    return _IN_TEKST.sub(vervang, tekst)


class BsnFilter(logging.Filter):
    """Masks each BSN in message, traceback and extra fields of a log record.

    Hang it on every handler, not on a logger: a logger's filter does not see the records of its children.
    """

    _formatter = logging.Formatter()
    # exc_info is printed from exc_text; the numbers are no text and %d must go on working
    _ongemoeid = frozenset({"exc_info", "levelno", "lineno", "process", "thread"})

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = maskeer_tekst(_bericht(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        for naam, waarde in list(record.__dict__.items()):
            if naam not in self._ongemoeid:
                record.__dict__[naam] = _maskeer_waarde(waarde)
        return True


def _bericht(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # logging itself would print the bare arguments to stderr
        return f"{record.msg} {record.args!r}"


def _maskeer_waarde(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return maskeer_tekst(waarde)
    if isinstance(waarde, dict):
        return {_maskeer_waarde(k): _maskeer_waarde(v) for k, v in waarde.items()}
    if type(waarde) in (list, tuple):
        return type(waarde)(_maskeer_waarde(v) for v in waarde)
    if isinstance(waarde, int) and not isinstance(waarde, bool) and vind_bsns(str(waarde)):
        return maskeer(str(waarde))
    return waarde

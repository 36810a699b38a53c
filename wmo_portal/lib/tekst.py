"""Text as people type it: the folded search column, counting characters, invisible characters out."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a sign.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-",
    }
)  # fmt: skip
# signs on a letter, control and format characters, lone surrogates
_ONZICHTBAAR = ("Mn", "Me", "Cc", "Cf", "Cs")
_WIT = re.compile(r"\s+")


def _vouw(tekst: str) -> str:
    ontleed = unicodedata.normalize("NFKD", tekst.translate(_LETTERS).casefold())
    zonder = "".join(t for t in ontleed if t.isspace() or unicodedata.category(t) not in _ONZICHTBAAR)
    return _WIT.sub(" ", zonder).strip()


def zoeksleutel(tekst: str) -> str:
    """What a name is searched and sorted by: no capitals, accents, double spaces or curly quotes.

    `"Ĳsbrand de  Vriès"` -> `"ijsbrand de vries"`. Folding twice gives the same as folding once.
    """
    vorige, nu = tekst, _vouw(tekst)
    while nu != vorige:
        vorige, nu = nu, _vouw(nu)
    return nu


def eenvoudige_regeleinden(tekst: str) -> str:
    """CRLF (what a browser posts) and a lone CR become LF."""
    return tekst.replace("\r\n", "\n").replace("\r", "\n")


def tekens(tekst: str) -> int:
    """Number of Unicode characters after CRLF -> LF (R102)."""
    return len(eenvoudige_regeleinden(tekst))


def te_lang(tekst: str, maximum: int) -> str | None:
    """`"12 tekens te veel"`, or None when the text fits. The text itself is never cut (R102)."""
    over = tekens(tekst) - maximum
    if over <= 0:
        return None
    return "1 teken te veel" if over == 1 else f"{over} tekens te veel"


def zonder_stuurtekens(tekst: str) -> str:
    """Without what no database, XML file or spreadsheet can hold: control characters other than tab and
    newline, lone surrogates and non-characters. Newlines become LF."""
    if tekst.isprintable():  # nearly always, and a hundred times as fast
        return tekst
    return "".join(t for t in eenvoudige_regeleinden(tekst) if t in "\n\t" or _zichtbaar(t))


def _zichtbaar(teken: str) -> bool:
    geen_teken = ord(teken) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(teken) <= 0xFDEF
    return unicodedata.category(teken) not in ("Cc", "Cs") and not geen_teken


def in_het_kort(tekst: str, maximum: int) -> str:
    """On one line and at most `maximum` characters, with … when something was left out. For labels only."""
    regel = _WIT.sub(" ", zonder_stuurtekens(tekst)).strip()
    return regel if len(regel) <= maximum else regel[: max(maximum - 1, 0)].rstrip() + "…"

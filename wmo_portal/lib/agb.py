"""The AGB-code of a care provider: eight digits, a leading zero included. It has no check digit."""

from __future__ import annotations

import re

LENGTE = 8


class AgbOngeldig(ValueError):
    """The text is not an AGB-code; the message is a Dutch sentence for the user."""


def valideer(tekst: str) -> str:
    """The eight digits, typed with or without spaces or dots. Raises AgbOngeldig."""
    cijfers = re.sub(r"[\s.\-]", "", tekst)
    if not cijfers:
        raise AgbOngeldig("Vul een AGB-code in van 8 cijfers.")
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise AgbOngeldig(f"Een AGB-code bestaat alleen uit cijfers; hier staat “{tekst.strip()[:20]}”.")
    if len(cijfers) != LENGTE:
        raise AgbOngeldig(
            f"Een AGB-code heeft 8 cijfers; hier staan er {len(cijfers)}. Een 0 vooraan hoort erbij."
        )
    if cijfers == "0" * LENGTE:
        raise AgbOngeldig("Een AGB-code met alleen nullen bestaat niet. Vul de code van de aanbieder in.")
    return cijfers


def is_geldig(tekst: str) -> bool:
    """Whether `valideer` would accept the text."""
    try:
        valideer(tekst)
    except AgbOngeldig:
        return False
    return True

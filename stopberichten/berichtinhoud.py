"""The bytes of messages go into and out of the database here: encrypted, each bound to its own row."""

from __future__ import annotations

import iwmo
from beschikkingen.kluis import bos, context
from stopberichten.models import Bericht


def _context(bericht: Bericht, wat: str) -> str:
    return context(f"stopberichten_bericht.{wat}", bericht.kenmerk)


def zet_inhoud(bericht: Bericht, inhoud: bytes) -> None:
    bericht.inhoud = bos().versleutel_bytes(inhoud, _context(bericht, "inhoud"))


def inhoud_van(bericht: Bericht) -> bytes:
    """As received. The caller logs that it was looked at."""
    return bos().ontsleutel_bytes(bericht.inhoud, _context(bericht, "inhoud"))


def zet_retour(bericht: Bericht, retour: bytes) -> None:
    bericht.retour = bos().versleutel_bytes(retour, _context(bericht, "retour"))


def retour_van(bericht: Bericht) -> bytes | None:
    return (
        None
        if bericht.retour is None
        else bos().ontsleutel_bytes(bericht.retour, _context(bericht, "retour"))
    )


def gelezen(bericht: Bericht) -> iwmo.Bericht | None:
    """The message again as values; None for what never could be read."""
    try:
        return iwmo.lees(inhoud_van(bericht))
    except iwmo.BerichtAfgekeurd:
        return None

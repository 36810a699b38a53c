"""The bytes of messages go into and out of the database here: encrypted, each bound to its own row.

A message that came in a StUF envelope is kept in it, as it came, and is answered in one (Di01, Du01).
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Final

import iwmo
from beschikkingen.kluis import bos, context
from iwmo.envelop import NAAMRUIMTE, Envelop, maak_du01, open_envelop
from stopberichten.models import Bericht
from wmo_portal.lib.tijd import AMSTERDAM

APPLICATIE: Final = "Wmo-portaal"


def _context(bericht: Bericht, wat: str) -> str:
    return context(f"stopberichten_bericht.{wat}", bericht.kenmerk)


def zet_inhoud(bericht: Bericht, inhoud: bytes) -> None:
    bericht.inhoud = bos().versleutel_bytes(inhoud, _context(bericht, "inhoud"))


def als_ontvangen(bericht: Bericht) -> bytes:
    """With its envelope, when it came in one."""
    return bos().ontsleutel_bytes(bericht.inhoud, _context(bericht, "inhoud"))


def _envelop(opgeslagen: bytes) -> Envelop | None:
    """Only of what was kept in one: a file that could not be opened is kept as it is, and has no kind."""
    return open_envelop(opgeslagen) if NAAMRUIMTE in opgeslagen else None


def inhoud_van(bericht: Bericht) -> bytes:
    """The message itself as received. The caller logs that it was looked at."""
    opgeslagen = als_ontvangen(bericht)
    envelop = _envelop(opgeslagen) if bericht.soort else None
    return opgeslagen if envelop is None else envelop.bericht


def zet_retour(bericht: Bericht, retour: bytes) -> None:
    bericht.retour = bos().versleutel_bytes(retour, _context(bericht, "retour"))


def retour_van(bericht: Bericht) -> bytes | None:
    return (
        None
        if bericht.retour is None
        else bos().ontsleutel_bytes(bericht.retour, _context(bericht, "retour"))
    )


def du01_van(bericht: Bericht) -> bytes | None:
    """The answer in its envelope; None for a message that came without, or has no answer. The same every time it is
    asked for, so that taking it out twice is no second answer."""
    retour = retour_van(bericht)
    envelop = None if retour is None else _envelop(als_ontvangen(bericht))
    if retour is None or envelop is None or envelop.soort != "Di01":
        return None
    getal = hashlib.sha256(f"du01|{bericht.kenmerk}".encode()).digest()[:16]
    return maak_du01(
        retour,
        op=envelop,
        applicatie=APPLICATIE,
        referentienummer=str(uuid.UUID(bytes=getal, version=4)),
        tijdstip=bericht.ontvangen_op.astimezone(AMSTERDAM),
    )


def gelezen(bericht: Bericht) -> iwmo.Bericht | None:
    """The message again as values; None for what never could be read."""
    try:
        return iwmo.lees(inhoud_van(bericht))
    except iwmo.BerichtAfgekeurd:
        return None

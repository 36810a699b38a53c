"""What if an end that is soon followed by a new start were no end (M8)? Pure: other facts in, the same count.

Only at the same provider and municipality, because that is what is counted once (R79): who goes on elsewhere did leave
here. A start on a waiting list or on a pgb is no help that goes on (R80, R81).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from beschikkingen.enums import Leveringsvorm
from rapportage.bron import Bron, Mens, Toegewezen
from rapportage.tellingen import Einde
from stopberichten.codes import STOPCODES

_Stuk = tuple[date, tuple[Einde, ...]]
"""A delivery: its start and its ends."""


def overbrug(bron: Bron, dagen: int) -> Bron:
    """The same people, with each delivery counting from the start of the one that ended so few days before it.

    The days between are care then, and nothing else changes. The ends stay: one may be why somebody is in care, by a
    code after which care goes on while the follow-up has not begun (R16).
    """
    return replace(bron, mensen=tuple(_overbrug(mens, dagen) for mens in bron.mensen))


def _overbrug(mens: Mens, dagen: int) -> Mens:
    vanaf = _vanaf({stuk for t in mens.toewijzingen if _telt(t) for stuk in t.leveringen}, dagen)
    return replace(
        mens,
        toewijzingen=tuple(
            replace(t, leveringen=tuple((vanaf[stuk], stuk[1]) for stuk in t.leveringen)) if _telt(t) else t
            for t in mens.toewijzingen
        ),
    )


def _telt(toegewezen: Toegewezen) -> bool:
    return toegewezen.leveringsvorm is not Leveringsvorm.PGB and not toegewezen.wachtlijst


def _vanaf(stukken: Iterable[_Stuk], dagen: int) -> dict[_Stuk, date]:
    """From the first to the last, so that three in a row become one."""
    vanaf: dict[_Stuk, date] = {}
    for stuk in sorted(stukken, key=lambda s: s[0]):
        eerder = (begin for (_, einden), begin in vanaf.items() if _sluit_aan(einden, stuk[0], dagen))
        vanaf[stuk] = min(eerder, default=stuk[0])
    return vanaf


def _sluit_aan(einden: Iterable[Einde], begin: date, dagen: int) -> bool:
    """A delivery has one definitive end at most (TR415); one that still runs is followed by nothing."""
    slot = max((e.einddatum for e in einden if STOPCODES[e.reden].definitief), default=None)
    return slot is not None and slot <= begin <= slot + timedelta(days=dagen)

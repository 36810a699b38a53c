"""What if an end that is soon followed by a new start were no end (M8)? Pure: other facts in, the same count.

Only at the same provider and municipality, because that is what is counted once (R79): who goes on elsewhere did leave
here. A start on a waiting list or on a pgb is no help that goes on (R80, R81).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from beschikkingen.enums import Leveringsvorm
from rapportage.bron import Bron, Mens, Toegewezen
from rapportage.tellingen import Einde
from stopberichten.codes import STOPCODES


@dataclass(frozen=True, slots=True)
class _Stuk:
    """A delivery that may go on in another one."""

    begin: date
    einden: tuple[Einde, ...]


def overbrug(bron: Bron, dagen: int) -> Bron:
    """The same people, with each delivery ending where the one that followed within so many days ends."""
    return replace(bron, mensen=tuple(_overbrug(mens, dagen) for mens in bron.mensen))


def _overbrug(mens: Mens, dagen: int) -> Mens:
    wordt = _doorgetrokken(
        {_Stuk(begin, einden) for t in mens.toewijzingen if _telt(t) for begin, einden in t.leveringen}, dagen
    )
    return replace(
        mens,
        toewijzingen=tuple(
            replace(t, leveringen=tuple((b, wordt.get(_Stuk(b, e), e)) for b, e in t.leveringen))
            if _telt(t)
            else t
            for t in mens.toewijzingen
        ),
    )


def _telt(toegewezen: Toegewezen) -> bool:
    return toegewezen.leveringsvorm is not Leveringsvorm.PGB and not toegewezen.wachtlijst


def _doorgetrokken(stukken: Iterable[_Stuk], dagen: int) -> dict[_Stuk, tuple[Einde, ...]]:
    """From the last to the first, so that three in a row become one."""
    wordt: dict[_Stuk, tuple[Einde, ...]] = {}
    for stuk in sorted(stukken, key=lambda s: (s.begin, _slot(s.einden) or date.max), reverse=True):
        opvolger = _opvolger(stuk, wordt, dagen)
        wordt[stuk] = wordt[opvolger] if opvolger else stuk.einden
    return wordt


def _slot(einden: Iterable[Einde]) -> date | None:
    return max((e.einddatum for e in einden if STOPCODES[e.reden].definitief), default=None)


def _opvolger(stuk: _Stuk, later: Mapping[_Stuk, tuple[Einde, ...]], dagen: int) -> _Stuk | None:
    """The first start on or after the end and within the days; None when it runs or nothing follows."""
    slot = _slot(stuk.einden)
    if slot is None:
        return None
    passend = (
        ander
        for ander, einden in later.items()
        if stuk.begin < ander.begin
        and slot <= ander.begin <= slot + timedelta(days=dagen)
        and (_slot(einden) or date.max) >= slot
    )
    return min(passend, key=lambda s: s.begin, default=None)

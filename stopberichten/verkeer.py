"""Levels 3 and 4 of iWmo 3.2: may this message be accepted, given everything that was accepted before?

Pure: facts in, verdict and new history out. How a message is judged:

1. The header first (TR056, TR135, TR378). One error there, and the rest is not looked at.
2. Then its classes, those with status 3 before those with status 1, so that one message may remove a stop
   with code 22 and deliver it again with code 19 (IV008). Each class is judged against the history as it is
   after the classes that passed before it.
3. On a class with status 3 nothing is asked but whether it was delivered before (TR063: "niet nodig om
   hierop overige inhoudelijke controles uit te voeren") and, for a start, TR071. TR071 speaks of nothing
   but status 3, so that remark cannot have been meant to switch it off.
4. One wrong class refuses the whole message: nothing of it counts as sent (OP286), the history stays as it
   was, and every other class carries 0200.

All classes are judged, so 0233 ("niet beoordeeld") never arises here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from stopberichten.enums import StatusAanlevering
from stopberichten.leveringen import Historie
from stopberichten.verkeersregels import (
    KOPREGELS,
    STARTREGELS,
    STARTREGELS_WEG,
    STOPREGELS,
    STOPREGELS_WEG,
    TOEWIJZINGREGELS,
    Gemeentefeiten,
    Kop,
    Omgeving,
    Regel,
    Start,
    Stop,
    Toegewezen,
)

GEEN_OPMERKING: Final = "0200"

Codes = tuple[str, ...]
Breuken = tuple[tuple[str, str, str], ...]
"""Rule number, retour code and sentence of each broken rule."""
Item = TypeVar("Item")
Feiten = TypeVar("Feiten")


@dataclass(frozen=True, slots=True)
class Melding:
    """One broken rule. `product` is the place of the class in the message from 1, or None for the header."""

    regel: str
    retourcode: str
    product: int | None
    tekst: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement, in the shape that the retour wants (IV028): all three empty when accepted."""

    geaccepteerd: bool
    header: Codes
    client: Codes | None
    producten: tuple[Codes, ...] | None
    meldingen: tuple[Melding, ...]
    historie: Historie
    """The history after this message; the one that was given when it is refused."""


def beoordeel_305(kop: Kop, starts: Sequence[Start], *, historie: Historie, omgeving: Omgeving) -> Verdict:
    """Judge a startbericht. Costs a pass over the history per class."""
    if kopfouten := _breuken(KOPREGELS, kop, None, omgeving):
        return _kop_afgekeurd(kopfouten, historie)
    nieuw = historie
    fouten: list[Breuken] = [()] * len(starts)
    for plaats in _volgorde([start.status for start in starts]):
        start = starts[plaats]
        weg = start.status is StatusAanlevering.VERWIJDEREN
        fouten[plaats] = _breuken(STARTREGELS_WEG if weg else STARTREGELS, start, nieuw, omgeving)
        if not fouten[plaats]:
            nieuw = nieuw.zonder_start(start.sleutel) if weg else nieuw.met_start(start.sleutel)
    return _oordeel(fouten, historie, nieuw)


def beoordeel_307(kop: Kop, stops: Sequence[Stop], *, historie: Historie, omgeving: Omgeving) -> Verdict:
    """Judge a stopbericht. Costs a pass over the history per class."""
    if kopfouten := _breuken(KOPREGELS, kop, None, omgeving):
        return _kop_afgekeurd(kopfouten, historie)
    nieuw = historie
    fouten: list[Breuken] = [()] * len(stops)
    for plaats in _volgorde([stop.status for stop in stops]):
        stop = stops[plaats]
        weg = stop.status is StatusAanlevering.VERWIJDEREN
        fouten[plaats] = _breuken(STOPREGELS_WEG if weg else STOPREGELS, stop, nieuw, omgeving)
        if not fouten[plaats]:
            nieuw = nieuw.zonder_stop(stop.sleutel) if weg else nieuw.met_stop(stop.sleutel)
    return _oordeel(fouten, historie, nieuw)


def beoordeel_301(
    kop: Kop,
    producten: Sequence[Toegewezen],
    *,
    feiten: Gemeentefeiten,
    historie: Historie,
    omgeving: Omgeving,
) -> Verdict:
    """Judge a toewijzingsbericht. A toewijzing that was given back (reason 13) stays known: its start and
    stop may still have to be removed."""
    if kopfouten := _breuken(KOPREGELS, kop, None, omgeving):
        return _kop_afgekeurd(kopfouten, historie)
    fouten = [_breuken(TOEWIJZINGREGELS, product, feiten, omgeving) for product in producten]
    nummers = historie.toewijzingen | {product.toewijzingnummer for product in producten}
    nieuw = Historie(nummers, historie.starts, historie.stops)
    return _oordeel(fouten, historie, nieuw)


def _breuken(
    regels: Sequence[Regel[Item, Feiten]], item: Item, feiten: Feiten, omgeving: Omgeving
) -> Breuken:
    return tuple((r.nummer, r.retourcode, r.tekst) for r in regels if r.breekt(item, feiten, omgeving))


def _volgorde(statussen: Sequence[StatusAanlevering]) -> list[int]:
    """The places of the classes: removals first, each group in the order of the message."""
    return sorted(range(len(statussen)), key=lambda n: statussen[n] is not StatusAanlevering.VERWIJDEREN)


def _codes(breuken: Breuken) -> Codes:
    return tuple(code for _, code, _ in breuken)


def _meldingen(breuken: Breuken, product: int | None) -> tuple[Melding, ...]:
    return tuple(Melding(nummer, code, product, tekst) for nummer, code, tekst in breuken)


def _kop_afgekeurd(breuken: Breuken, historie: Historie) -> Verdict:
    return Verdict(False, _codes(breuken), None, None, _meldingen(breuken, None), historie)


def _oordeel(fouten: Sequence[Breuken], oud: Historie, nieuw: Historie) -> Verdict:
    if not any(fouten):
        return Verdict(True, (), None, None, (), nieuw)
    producten = tuple(_codes(breuken) or (GEEN_OPMERKING,) for breuken in fouten)
    meldingen = tuple(m for plaats, b in enumerate(fouten, 1) for m in _meldingen(b, plaats))
    return Verdict(False, (GEEN_OPMERKING,), (GEEN_OPMERKING,), producten, meldingen, oud)

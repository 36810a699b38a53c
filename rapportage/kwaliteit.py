"""The quality of stop messages (307) per provider, as feedback before the quarterly talk (M12; OP272, R73, R11). Pure.

A message is judged on four points; each judgement comes with the sentence why, so that a figure is always a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from rapportage.tellingen import percentage
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.werkdagen import plus_werkdagen, werkdagen_tussen

WERKDAGEN: Final = 5
VOLGENS_PLAN: Final = RedenBeeindiging("19")


class Punt(StrEnum):
    """What is looked at."""

    OP_TIJD = "op_tijd"
    CODE = "code"
    FORMULIER = "formulier"
    ONGEWIJZIGD = "ongewijzigd"


PUNTEN: Final = {
    Punt.OP_TIJD: ("Op tijd", "Ontvangen binnen 5 werkdagen na de einddatum (OP272)."),
    Punt.CODE: (
        "Juiste code",
        "De aanbieder mag de code zelf gebruiken, en code 19 hoort bij een einddatum die gelijk is aan die van de "
        "toewijzing (bijlage 1).",
    ),
    Punt.FORMULIER: (
        "Formulier aanwezig",
        "Bij codes die erom vragen is er een Toelichting. Tot 5 werkdagen na het bericht telt het bericht hier niet mee "
        "(bijlage 1).",
    ),
    Punt.ONGEWIJZIGD: ("Niet gecorrigeerd", "Het bericht is niet later ingetrokken."),
}


class Stopfeit(NamedTuple):
    """What one stop message is judged by, as it was received. Who it is about does not matter: many are the same."""

    reden: RedenBeeindiging
    einddatum: date
    ontvangen: date
    """The Dutch day of receipt."""
    toewijzing_eind: date | None = None
    gekoppeld: bool = True
    formulier_er: bool = False
    zonder_formulier_mag: bool = False
    """The municipality went on without the form, with a reason (R10): nothing is missing any more."""
    ingetrokken: bool = False


@dataclass(frozen=True, slots=True)
class Oordeel:
    """None: the point does not apply, or cannot be judged yet."""

    goed: bool | None
    zin: str = ""


def op_tijd(feit: Stopfeit) -> Oordeel:
    """Counted from the end of care; a message before that day is on time (Algemene termijnenwet)."""
    dagen = werkdagen_tussen(feit.einddatum, feit.ontvangen)
    if dagen <= WERKDAGEN:
        return Oordeel(goed=True)
    uiterlijk = plus_werkdagen(feit.einddatum, WERKDAGEN)
    return Oordeel(
        goed=False,
        zin=f"Ontvangen op {feit.ontvangen:%d-%m-%Y}, {dagen} werkdagen na de einddatum {feit.einddatum:%d-%m-%Y}. "
        f"Uiterlijk was {uiterlijk:%d-%m-%Y}.",
    )


def juiste_code(feit: Stopfeit) -> Oordeel:
    code = STOPCODES[feit.reden]
    if not code.initiatief_aanbieder or not code.mag_gebruikt:
        return Oordeel(
            goed=False,
            zin=f"Code {feit.reden} ({code.betekenis}) mag een aanbieder hier niet zelf gebruiken.",
        )
    eind = feit.toewijzing_eind
    if feit.reden is not VOLGENS_PLAN or not feit.gekoppeld:
        return Oordeel(goed=True)
    if eind == feit.einddatum:
        return Oordeel(goed=True)
    loopt = f"tot en met {eind:%d-%m-%Y}" if eind else "zonder einddatum"
    return Oordeel(
        goed=False,
        zin=f"Code 19 met einddatum {feit.einddatum:%d-%m-%Y}, en de toewijzing loopt {loopt}. "
        "Bedoelde u een andere code, bijvoorbeeld 23?",
    )


def formulier_aanwezig(feit: Stopfeit, vandaag: date) -> Oordeel:
    if not STOPCODES[feit.reden].formulier_nodig or feit.zonder_formulier_mag or not feit.gekoppeld:
        return Oordeel(goed=None)
    if feit.formulier_er:
        return Oordeel(goed=True)
    uiterlijk = plus_werkdagen(feit.ontvangen, WERKDAGEN)
    if vandaag <= uiterlijk:
        return Oordeel(goed=None)
    return Oordeel(
        goed=False, zin=f"Er is geen Toelichting. Die werd verwacht uiterlijk {uiterlijk:%d-%m-%Y}."
    )


def ongewijzigd(feit: Stopfeit) -> Oordeel:
    if feit.ingetrokken:
        return Oordeel(goed=False, zin="Het bericht is later ingetrokken.")
    return Oordeel(goed=True)


@dataclass(frozen=True)
class Beoordeeld:
    """Four judgements. A withdrawn message is judged on that alone: it no longer says anything."""

    feit: Stopfeit
    oordelen: dict[Punt, Oordeel]

    @cached_property
    def aandacht(self) -> tuple[tuple[Punt, str], ...]:
        return tuple((punt, o.zin) for punt, o in self.oordelen.items() if o.goed is False)


@lru_cache(maxsize=4096)
def beoordeel(feit: Stopfeit, vandaag: date) -> Beoordeeld:
    """Remembered: of ten thousand messages in a quarter some 1,800 differ in what they are judged by."""
    if feit.ingetrokken:
        niets = Oordeel(goed=None)
        oordelen = dict.fromkeys(Punt, niets) | {Punt.ONGEWIJZIGD: ongewijzigd(feit)}
    else:
        oordelen = {
            Punt.OP_TIJD: op_tijd(feit),
            Punt.CODE: juiste_code(feit),
            Punt.FORMULIER: formulier_aanwezig(feit, vandaag),
            Punt.ONGEWIJZIGD: ongewijzigd(feit),
        }
    return Beoordeeld(feit, oordelen)


class Stopbericht(NamedTuple):
    """One message: its key, who sent it, and what it is judged by."""

    stop: int
    aanbieder_id: int
    feit: Stopfeit


class Aandacht(NamedTuple):
    """A message on which at least one point is not right."""

    stop: int
    feit: Stopfeit
    punten: tuple[tuple[Punt, str], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of those that were judged are right."""

    goed: int
    beoordeeld: int

    @property
    def aandeel(self) -> Decimal | None:
        return percentage(self.goed, self.beoordeeld)


@dataclass(frozen=True)
class Kwaliteit:
    """The messages of one provider in one period."""

    berichten: tuple[tuple[int, Beoordeeld], ...]
    """By the key of the stop."""

    @cached_property
    def scores(self) -> dict[Punt, Score]:
        per = {punt: [b.oordelen[punt].goed for _, b in self.berichten] for punt in Punt}
        return {
            punt: Score(oordelen.count(True), len(oordelen) - oordelen.count(None))
            for punt, oordelen in per.items()
        }

    @cached_property
    def aandacht(self) -> tuple[Aandacht, ...]:
        return tuple(Aandacht(stop, b.feit, b.aandacht) for stop, b in self.berichten if b.aandacht)


def kwaliteit(berichten: Iterable[Stopbericht], vandaag: date) -> dict[int, Kwaliteit]:
    """Per provider. `vandaag` decides only whether a missing form is late already."""
    per: dict[int, list[tuple[int, Beoordeeld]]] = {}
    for stop, aanbieder, feit in berichten:
        per.setdefault(aanbieder, []).append((stop, beoordeel(feit, vandaag)))
    return {aanbieder: Kwaliteit(tuple(rijen)) for aanbieder, rijen in per.items()}

"""The quality of stop messages (307) per provider, as feedback before the quarterly talk (M12; OP272, R73, R11). Pure.

A message is judged on four points; each judgement comes with the sentence why, so that a figure is always a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopfeit:
    """One stop message as it was received."""

    merk: str
    aanbieder_id: int
    client_id: int | None = None
    bericht: str = ""
    """Random mark of the message, for who may open it: the provider that sent it."""
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


@dataclass(frozen=True, slots=True)
class Beoordeeld:
    """One message with its four judgements. A withdrawn one is judged on that alone: it no longer says anything."""

    feit: Stopfeit
    oordelen: dict[Punt, Oordeel]

    @property
    def aandacht(self) -> tuple[tuple[Punt, str], ...]:
        return tuple((punt, o.zin) for punt, o in self.oordelen.items() if o.goed is False)


def beoordeel(feit: Stopfeit, vandaag: date) -> Beoordeeld:
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

    berichten: tuple[Beoordeeld, ...]

    @cached_property
    def scores(self) -> dict[Punt, Score]:
        per = {punt: [b.oordelen[punt].goed for b in self.berichten] for punt in Punt}
        return {
            punt: Score(sum(1 for g in oordelen if g), sum(1 for g in oordelen if g is not None))
            for punt, oordelen in per.items()
        }

    @cached_property
    def aandacht(self) -> tuple[Beoordeeld, ...]:
        return tuple(bericht for bericht in self.berichten if bericht.aandacht)


def kwaliteit(feiten: Iterable[Stopfeit], vandaag: date) -> dict[int, Kwaliteit]:
    """Per provider. `vandaag` decides only whether a missing form is late already."""
    per: dict[int, list[Beoordeeld]] = {}
    for feit in feiten:
        per.setdefault(feit.aanbieder_id, []).append(beoordeel(feit, vandaag))
    return {aanbieder: Kwaliteit(tuple(rijen)) for aanbieder, rijen in per.items()}

"""Starts and stops as facts, and the state of one delivery (iWmo 3.2: IV008, OP377-OP379).

`Historie` is what was accepted and not removed, for one client of one municipality at one provider. A class
that was removed counts as never sent, and so does a refused message (OP286): neither is in it. `OVERGANGEN`
is the state diagram of docs/levering.md; the tests hold the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from stopberichten.enums import LeveringToestand, RedenBeeindiging


@dataclass(frozen=True, slots=True)
class Product:
    """Categorie and code as sent; the code is absent for an aspecific toewijzing (IV075)."""

    categorie: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Startsleutel:
    """The logical key of a StartProduct, next to the Bsn. The number may be absent in the taakgerichte
    variant; then product and begindatum are the key (IV096)."""

    toewijzingnummer: int | None
    product: Product | None
    begindatum: date


@dataclass(frozen=True, slots=True)
class Stopsleutel:
    """The logical key of a StopProduct: that of its start, with reden and einddatum (since 3.2)."""

    start: Startsleutel
    reden: RedenBeeindiging
    einddatum: date

    @property
    def tijdelijk(self) -> bool:
        return self.reden is RedenBeeindiging.TIJDELIJK


@dataclass(frozen=True, slots=True)
class Historie:
    """What holds now. The order in which starts and stops stand here, or came in, has no meaning (OP080)."""

    toewijzingen: frozenset[int] = frozenset()
    """Numbers of the toewijzingen of this client at this provider in this municipality."""
    starts: tuple[Startsleutel, ...] = ()
    stops: tuple[Stopsleutel, ...] = ()

    def met_start(self, sleutel: Startsleutel) -> Historie:
        return replace(self, starts=(*self.starts, sleutel))

    def zonder_start(self, sleutel: Startsleutel) -> Historie:
        return replace(self, starts=tuple(start for start in self.starts if start != sleutel))

    def met_stop(self, sleutel: Stopsleutel) -> Historie:
        return replace(self, stops=(*self.stops, sleutel))

    def zonder_stop(self, sleutel: Stopsleutel) -> Historie:
        return replace(self, stops=tuple(stop for stop in self.stops if stop != sleutel))

    def stops_van(self, start: Startsleutel) -> tuple[Stopsleutel, ...]:
        """The stops that repeat all key elements of this start."""
        return tuple(stop for stop in self.stops if stop.start == start)

    def starts_van_product(self, start: Startsleutel) -> tuple[Startsleutel, ...]:
        """All starts of the same toegewezen product."""
        return tuple(
            ander
            for ander in self.starts
            if (ander.toewijzingnummer, ander.product) == (start.toewijzingnummer, start.product)
        )

    def is_actueel(self, start: Startsleutel) -> bool:
        """Accepted, and no stop refers to it, not even a temporary one (TR326)."""
        return start in self.starts and not self.stops_van(start)

    def is_te_stoppen(self, start: Startsleutel) -> bool:
        """May a stop refer to this start (TR382)? It must be there; and a delivery that was paused may only
        be ended as long as care was not started again later, because then that start is the one (OP155, OP377).
        """
        if start not in self.starts:
            return False
        hervat = any(ander.begindatum > start.begindatum for ander in self.starts_van_product(start))
        return not (hervat and self.toestand(start) is LeveringToestand.TIJDELIJK_GESTOPT)

    def toestand(self, start: Startsleutel) -> LeveringToestand:
        """The state of the delivery that began with this start."""
        if start not in self.starts:
            return LeveringToestand.GEEN
        stops = self.stops_van(start)
        if not stops:
            return LeveringToestand.GESTART
        if all(stop.tijdelijk for stop in stops):
            return LeveringToestand.TIJDELIJK_GESTOPT
        return LeveringToestand.DEFINITIEF_GESTOPT

    def stand(
        self, toewijzingnummer: int | None, product: Product | None
    ) -> tuple[LeveringToestand, date | None]:
        """The state of a toegewezen product and since which begindatum: the start that runs, else the latest."""
        starts = [s for s in self.starts if (s.toewijzingnummer, s.product) == (toewijzingnummer, product)]
        if not starts:
            return LeveringToestand.GEEN, None
        start = max(starts, key=lambda s: (self.is_actueel(s), s.begindatum))
        return self.toestand(start), start.begindatum


class Stand(StrEnum):
    """The states of the diagram. "Definitief" is two of them, because removal leads back to where it came from."""

    GEEN = "geen"
    GESTART = "gestart"
    TIJDELIJK = "tijdelijk gestopt"
    DEFINITIEF = "definitief gestopt"
    DEFINITIEF_NA_TIJDELIJK = "definitief gestopt na tijdelijk"

    @property
    def toestand(self) -> LeveringToestand:
        return _TOESTAND[self]


_TOESTAND: Final = MappingProxyType(
    {
        Stand.GEEN: LeveringToestand.GEEN,
        Stand.GESTART: LeveringToestand.GESTART,
        Stand.TIJDELIJK: LeveringToestand.TIJDELIJK_GESTOPT,
        Stand.DEFINITIEF: LeveringToestand.DEFINITIEF_GESTOPT,
        Stand.DEFINITIEF_NA_TIJDELIJK: LeveringToestand.DEFINITIEF_GESTOPT,
    }
)


class Handeling(StrEnum):
    """What a message does to one delivery. The last three are deliveries with status 3."""

    START = "305"
    STOP_TIJDELIJK = "307 met code 20"
    STOP_DEFINITIEF = "307 met een andere code"
    START_WEG = "305 verwijderd"
    TIJDELIJK_WEG = "307 met code 20 verwijderd"
    DEFINITIEF_WEG = "307 met een andere code verwijderd"


OVERGANGEN: Final = MappingProxyType(
    {
        (Stand.GEEN, Handeling.START): Stand.GESTART,
        (Stand.GESTART, Handeling.START_WEG): Stand.GEEN,
        (Stand.GESTART, Handeling.STOP_TIJDELIJK): Stand.TIJDELIJK,
        (Stand.GESTART, Handeling.STOP_DEFINITIEF): Stand.DEFINITIEF,
        (Stand.TIJDELIJK, Handeling.TIJDELIJK_WEG): Stand.GESTART,
        (Stand.TIJDELIJK, Handeling.STOP_DEFINITIEF): Stand.DEFINITIEF_NA_TIJDELIJK,
        (Stand.DEFINITIEF, Handeling.DEFINITIEF_WEG): Stand.GESTART,
        (Stand.DEFINITIEF_NA_TIJDELIJK, Handeling.DEFINITIEF_WEG): Stand.TIJDELIJK,
        (Stand.DEFINITIEF_NA_TIJDELIJK, Handeling.TIJDELIJK_WEG): Stand.DEFINITIEF,
    }
)
"""Every arrow there is. What is not here is refused: a start cannot be removed under a stop (TR071), a
temporary stop is not repeated (TR413), and nothing follows a definitive stop (TR415). A new start after a
stop is not an arrow but the first arrow of a next delivery (OP379)."""


def stand_van(historie: Historie, start: Startsleutel) -> Stand:
    """Where this delivery stands in the diagram."""
    toestand = historie.toestand(start)
    if toestand is LeveringToestand.DEFINITIEF_GESTOPT:
        na_tijdelijk = any(stop.tijdelijk for stop in historie.stops_van(start))
        return Stand.DEFINITIEF_NA_TIJDELIJK if na_tijdelijk else Stand.DEFINITIEF
    return next(stand for stand in Stand if stand.toestand is toestand)

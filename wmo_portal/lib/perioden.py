"""Months, quarters and free periods: closed ranges of whole days.

Written as a person writes them: `2026-10` for October 2026, `2026-K3` for its third quarter. A `Periode` is
closed on both sides, as the reports speak of it; `einde_exclusief` serves a half-open database range.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

MAANDNAMEN: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_MAAND_VOORBEELD: Final = "schrijf bijvoorbeeld 2026-10 voor oktober 2026"
_KWARTAAL_VOORBEELD: Final = "schrijf bijvoorbeeld 2026-K3 voor juli tot en met september 2026"
_MAAND: Final = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_KWARTAAL: Final = re.compile(r"([0-9]{4})-[Kk]([1-4])", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Periode:
    """All days from `eerste` up to and including `laatste`. Raises ValueError when that is no day at all."""

    eerste: date
    laatste: date

    def __post_init__(self) -> None:
        if self.laatste < self.eerste:
            raise ValueError(
                f"de periode eindigt ({self.laatste:%d-%m-%Y}) voor zij begint ({self.eerste:%d-%m-%Y}); "
                "draai de twee datums om"
            )

    def __contains__(self, dag: object) -> bool:
        return isinstance(dag, date) and self.eerste <= dag <= self.laatste

    def __str__(self) -> str:
        return f"{self.eerste:%d-%m-%Y} t/m {self.laatste:%d-%m-%Y}"

    @property
    def dagen(self) -> int:
        return (self.laatste - self.eerste).days + 1

    @property
    def einde_exclusief(self) -> date:
        return self.laatste + timedelta(days=1)

    def overlapt(self, andere: Periode) -> bool:
        return self.eerste <= andere.laatste and andere.eerste <= self.laatste


@dataclass(frozen=True, order=True, slots=True)
class Maand:
    """One calendar month. Raises ValueError for a year or month that does not exist."""

    jaar: int
    maand: int

    def __post_init__(self) -> None:
        if not (1 <= self.maand <= 12 and 1 <= self.jaar <= 9999):
            raise ValueError(f"{self.jaar:04d}-{self.maand:02d} is geen maand; {_MAAND_VOORBEELD}")

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """`2026-10`. Raises ValueError with a Dutch sentence for anything else."""
        if not (deel := _MAAND.fullmatch(tekst.strip())):
            raise ValueError(f"‘{tekst}’ is geen maand; {_MAAND_VOORBEELD}")
        return cls(int(deel[1]), int(deel[2]))

    @classmethod
    def van(cls, dag: date) -> Self:
        return cls(dag.year, dag.month)

    @property
    def eerste(self) -> date:
        return date(self.jaar, self.maand, 1)

    @property
    def laatste(self) -> date:
        return date(self.jaar, self.maand, monthrange(self.jaar, self.maand)[1])

    @property
    def periode(self) -> Periode:
        return Periode(self.eerste, self.laatste)

    @property
    def vorige(self) -> Self:
        return self.plus(-1)

    @property
    def volgende(self) -> Self:
        return self.plus(1)

    def plus(self, maanden: int) -> Self:
        jaar, maand = divmod(self.jaar * 12 + self.maand - 1 + maanden, 12)
        return type(self)(jaar, maand + 1)

    def __str__(self) -> str:
        return f"{self.jaar:04d}-{self.maand:02d}"

    @property
    def naam(self) -> str:
        """`oktober 2026`."""
        return f"{MAANDNAMEN[self.maand - 1]} {self.jaar}"


@dataclass(frozen=True, order=True, slots=True)
class Kwartaal:
    """One calendar quarter. Raises ValueError for a year or quarter that does not exist."""

    jaar: int
    nummer: int

    def __post_init__(self) -> None:
        if not (1 <= self.nummer <= 4 and 1 <= self.jaar <= 9999):
            raise ValueError(f"{self.jaar:04d}-K{self.nummer} is geen kwartaal; {_KWARTAAL_VOORBEELD}")

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """`2026-K3`. Raises ValueError with a Dutch sentence for anything else."""
        if not (deel := _KWARTAAL.fullmatch(tekst.strip())):
            raise ValueError(f"‘{tekst}’ is geen kwartaal; {_KWARTAAL_VOORBEELD}")
        return cls(int(deel[1]), int(deel[2]))

    @classmethod
    def van(cls, dag: date) -> Self:
        return cls(dag.year, (dag.month + 2) // 3)

    @property
    def maanden(self) -> tuple[Maand, Maand, Maand]:
        eerste = Maand(self.jaar, 3 * self.nummer - 2)
        return eerste, eerste.plus(1), eerste.plus(2)

    @property
    def eerste(self) -> date:
        return self.maanden[0].eerste

    @property
    def laatste(self) -> date:
        return self.maanden[2].laatste

    @property
    def periode(self) -> Periode:
        return Periode(self.eerste, self.laatste)

    @property
    def vorige(self) -> Self:
        return self.plus(-1)

    @property
    def volgende(self) -> Self:
        return self.plus(1)

    def plus(self, kwartalen: int) -> Self:
        jaar, rest = divmod(self.jaar * 4 + self.nummer - 1 + kwartalen, 4)
        return type(self)(jaar, rest + 1)

    def __str__(self) -> str:
        return f"{self.jaar:04d}-K{self.nummer}"

    @property
    def naam(self) -> str:
        """`3e kwartaal 2026`."""
        return f"{self.nummer}e kwartaal {self.jaar}"


def plus_maanden(dag: date, maanden: int) -> date:
    """The same day of the month, `maanden` later; the last day of that month when it has no such day.

    So two months after 31 December is 28 or 29 February.
    """
    doel = Maand.van(dag).plus(maanden)
    return min(doel.laatste, doel.eerste + timedelta(days=dag.day - 1))

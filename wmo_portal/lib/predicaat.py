"""A handful of predicates that are true in Python and in PostgreSQL alike.

A decision table must say the same of one row on a screen and of a hundred thousand rows in one statement.
So a rule is written once, in these words, and asked twice: `geldt(feiten)` reads attributes of an object,
`sql(kolommen)` gives a boolean expression over columns.

All are two-valued: on an empty fact each is plainly False, in Python and in SQL, never "unknown", so that
`Niet` means the same in both. Only constants of our own become literals; values of users never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

Kolommen = Mapping[str, str]
"""Name of a fact -> the SQL expression that holds it, written by the caller."""


class Predicaat(Protocol):
    def geldt(self, feiten: object) -> bool: ...

    def sql(self, kolommen: Kolommen) -> str: ...


def tekst(waarde: str) -> str:
    """A constant as an SQL string literal."""
    return "'" + waarde.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Altijd:
    """True of everything: the last row of a table."""

    def geldt(self, feiten: object) -> bool:
        return True

    def sql(self, kolommen: Kolommen) -> str:
        return "TRUE"


@dataclass(frozen=True, slots=True)
class Waar:
    """A yes/no fact is known and yes."""

    veld: str

    def geldt(self, feiten: object) -> bool:
        return getattr(feiten, self.veld) is True

    def sql(self, kolommen: Kolommen) -> str:
        return f"({kolommen[self.veld]}) IS TRUE"


@dataclass(frozen=True, slots=True)
class Onwaar:
    """A yes/no fact is known and no."""

    veld: str

    def geldt(self, feiten: object) -> bool:
        return getattr(feiten, self.veld) is False

    def sql(self, kolommen: Kolommen) -> str:
        return f"({kolommen[self.veld]}) IS FALSE"


@dataclass(frozen=True, slots=True)
class Leeg:
    """A fact is not known."""

    veld: str

    def geldt(self, feiten: object) -> bool:
        return getattr(feiten, self.veld) is None

    def sql(self, kolommen: Kolommen) -> str:
        return f"({kolommen[self.veld]}) IS NULL"


@dataclass(frozen=True, slots=True)
class Is:
    """A code is one of these."""

    veld: str
    waarden: tuple[str, ...]

    def geldt(self, feiten: object) -> bool:
        return getattr(feiten, self.veld) in self.waarden

    def sql(self, kolommen: Kolommen) -> str:
        lijst = ", ".join(tekst(str(waarde)) for waarde in self.waarden)
        return f"COALESCE(({kolommen[self.veld]}) IN ({lijst}), FALSE)"


@dataclass(frozen=True, slots=True)
class Voor:
    """A date lies before a fixed day."""

    veld: str
    dag: date

    def geldt(self, feiten: object) -> bool:
        waarde = getattr(feiten, self.veld)
        return waarde is not None and waarde < self.dag

    def sql(self, kolommen: Kolommen) -> str:
        return f"COALESCE(({kolommen[self.veld]}) < DATE '{self.dag:%Y-%m-%d}', FALSE)"


@dataclass(frozen=True, slots=True)
class WijktAf:
    """Two known dates lie further apart than so many days, in either direction."""

    veld: str
    van: str
    tolerantie: str

    def geldt(self, feiten: object) -> bool:
        een, twee = getattr(feiten, self.veld), getattr(feiten, self.van)
        if een is None or twee is None:
            return False
        return bool(abs((een - twee).days) > getattr(feiten, self.tolerantie))

    def sql(self, kolommen: Kolommen) -> str:
        een, twee, dagen = (kolommen[naam] for naam in (self.veld, self.van, self.tolerantie))
        return f"COALESCE(abs(({een}) - ({twee})) > ({dagen}), FALSE)"


@dataclass(frozen=True, slots=True)
class Niet:
    predicaat: Predicaat

    def geldt(self, feiten: object) -> bool:
        return not self.predicaat.geldt(feiten)

    def sql(self, kolommen: Kolommen) -> str:
        return f"NOT ({self.predicaat.sql(kolommen)})"


@dataclass(frozen=True, slots=True, init=False)
class En:
    delen: tuple[Predicaat, ...]

    def __init__(self, *delen: Predicaat) -> None:
        object.__setattr__(self, "delen", delen)

    def geldt(self, feiten: object) -> bool:
        return all(deel.geldt(feiten) for deel in self.delen)

    def sql(self, kolommen: Kolommen) -> str:
        return "(" + " AND ".join(deel.sql(kolommen) for deel in self.delen) + ")"


@dataclass(frozen=True, slots=True, init=False)
class Of:
    delen: tuple[Predicaat, ...]

    def __init__(self, *delen: Predicaat) -> None:
        object.__setattr__(self, "delen", delen)

    def geldt(self, feiten: object) -> bool:
        return any(deel.geldt(feiten) for deel in self.delen)

    def sql(self, kolommen: Kolommen) -> str:
        return "(" + " OR ".join(deel.sql(kolommen) for deel in self.delen) + ")"

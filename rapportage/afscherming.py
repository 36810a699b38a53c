"""Small numbers hidden in what leaves the contract relation, and enough others that nobody can reckon them back (M11).

Pure. A table with all its sums is a flow through a network: every printed figure is one arc, the cells run from the
sums of their row to the sums of their column, and the grand total closes the circle. Other tables with the same shown
figures differ by a flow over hidden arcs only. So the highest and lowest value that a reader can work out for a hidden
figure are two maximum flows: exact, in whole numbers, without a solver (ADR 0070).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

TOTAAL: Final = "totaal"
MINSTE_DREMPEL: Final = 5
REGEL: Final = (
    "Getallen van 1 tot {drempel} zijn afgeschermd. Waar zo'n getal uit andere getallen te berekenen was, zijn ook die "
    "afgeschermd. Wie alle getoonde getallen bij elkaar legt, kan van een afgeschermd klein getal niet meer te weten "
    "komen dan dat het tussen 0 en ten minste {drempel} ligt."
)

Cijfer = tuple[str, str]
"""A figure: its row and its column, each of them possibly a sum."""
Knoop = tuple[str, ...]


@dataclass(frozen=True)
class Vorm:
    """Rows, columns and sums of columns. Sums lie within each other or apart: they never cross."""

    rijen: tuple[str, ...]
    kolommen: tuple[str, ...]
    groepen: tuple[tuple[str, frozenset[str]], ...] = ()

    def __post_init__(self) -> None:
        for naam, leden in self.groepen:
            if not leden < set(self.kolommen):
                raise ValueError(f"de som ‘{naam}’ telt kolommen op die er niet zijn, of allemaal")
            if any(
                leden & ander and not (leden < ander or ander < leden)
                for n, ander in self.groepen
                if n != naam
            ):
                raise ValueError(f"de som ‘{naam}’ kruist een andere som; verwacht: erbinnen of erbuiten")

    @cached_property
    def sommen(self) -> dict[str, frozenset[str]]:
        """Every column and every sum of columns, with the columns in it."""
        return {
            **{kolom: frozenset({kolom}) for kolom in self.kolommen},
            **dict(self.groepen),
            TOTAAL: frozenset(self.kolommen),
        }

    @cached_property
    def boven(self) -> dict[str, str]:
        """Of each column or sum the smallest sum around it."""
        groter = [*(n for n, _ in self.groepen), TOTAAL]
        return {
            naam: min((g for g in groter if g != naam and leden <= self.sommen[g]), key=lambda g: len(self.sommen[g]))
            for naam, leden in self.sommen.items()
            if naam != TOTAAL
        }  # fmt: skip

    @cached_property
    def cijfers(self) -> tuple[Cijfer, ...]:
        return tuple((rij, som) for rij in (*self.rijen, TOTAAL) for som in self.sommen)

    def tel_op(self, cellen: Mapping[Cijfer, int]) -> dict[Cijfer, int]:
        """Every figure of the table from its cells."""
        return {
            (rij, som): sum(
                cellen.get((r, kolom), 0)
                for r in (self.rijen if rij == TOTAAL else (rij,))
                for kolom in self.sommen[som]
            )
            for rij, som in self.cijfers
        }

    def boog(self, cijfer: Cijfer) -> tuple[Knoop, Knoop]:
        """The arc of a figure: down through the sums of its row, up through the sums of its column."""
        rij, som = cijfer
        if rij == TOTAAL:
            return ("op", som), ("op", self.boven[som]) if som != TOTAAL else ("bron",)
        van: Knoop = ("bron",) if som == TOTAAL else ("neer", rij, self.boven[som])
        return van, ("op", som) if som in self.kolommen else ("neer", rij, som)


Bogen = Mapping[Cijfer, tuple[Knoop, Knoop]]
ONBEGRENSD: Final = 1 << 60


@dataclass(frozen=True)
class Grenzen:
    """What a reader can work out: at least, at most (None: no limit)."""

    laagst: int
    hoogst: int | None

    def breed(self) -> int:
        return ONBEGRENSD if self.hoogst is None else self.hoogst - self.laagst


def grenzen(
    vorm: Vorm, waarden: Mapping[Cijfer, int], verborgen: Collection[Cijfer], cijfer: Cijfer
) -> Grenzen:
    """The exact limits of a figure for who sees all figures that are not in `verborgen`."""
    if cijfer not in verborgen:
        return Grenzen(waarden[cijfer], waarden[cijfer])
    van, naar = vorm.boog(cijfer)
    los = {c: vorm.boog(c) for c in verborgen if c != cijfer}
    erbij = _stroom(los, waarden, naar, van, ONBEGRENSD)
    eraf = _stroom(los, waarden, van, naar, waarden[cijfer])
    return Grenzen(waarden[cijfer] - eraf, None if erbij >= ONBEGRENSD else waarden[cijfer] + erbij)


def _stroom(bogen: Bogen, waarden: Mapping[Cijfer, int], van: Knoop, naar: Knoop, hoogstens: int) -> int:
    """How much can be moved from one node to the other over these arcs; no figure goes below 0."""
    stand, verzet = dict(waarden), 0
    while verzet < hoogstens:
        pad = _goedkoopste_pad(bogen, stand, van, naar, {})
        if pad is None:
            return verzet
        ruimte = min((stand[c] for c, vooruit in pad if not vooruit), default=ONBEGRENSD)
        stap = min(ruimte, hoogstens - verzet)
        _schuif(stand, pad, stap)
        verzet += stap
    return verzet


def _schuif(stand: dict[Cijfer, int], pad: Iterable[tuple[Cijfer, bool]], hoeveel: int) -> None:
    for cijfer, vooruit in pad:
        stand[cijfer] += hoeveel if vooruit else -hoeveel


def _goedkoopste_pad(
    bogen: Bogen, stand: Mapping[Cijfer, int], van: Knoop, naar: Knoop, kosten: Mapping[Cijfer, int]
) -> list[tuple[Cijfer, bool]] | None:
    """Figures to raise (True) and to lower (False), cheapest first; Dijkstra in a fixed order."""
    buren: dict[Knoop, list[tuple[Cijfer, bool, Knoop]]] = defaultdict(list)
    for cijfer, (begin, eind) in sorted(bogen.items()):
        buren[begin].append((cijfer, True, eind))
        if stand[cijfer] > 0:
            buren[eind].append((cijfer, False, begin))
    rij: list[tuple[int, int, Knoop]] = [(0, 0, van)]
    via: dict[Knoop, tuple[Knoop, Cijfer, bool]] = {}
    beste = {van: 0}
    while rij:
        prijs, stappen, knoop = heappop(rij)
        if knoop == naar:
            return _terug(via, van, naar)
        for cijfer, vooruit, volgende in buren[knoop]:
            nieuw = prijs + kosten.get(cijfer, 0)
            if nieuw < beste.get(volgende, ONBEGRENSD):
                beste[volgende], via[volgende] = nieuw, (knoop, cijfer, vooruit)
                heappush(rij, (nieuw, stappen + 1, volgende))
    return None


def _terug(
    via: Mapping[Knoop, tuple[Knoop, Cijfer, bool]], van: Knoop, naar: Knoop
) -> list[tuple[Cijfer, bool]]:
    pad = []
    while naar != van:
        naar, cijfer, vooruit = via[naar]
        pad.append((cijfer, vooruit))
    return pad


@dataclass(frozen=True)
class Afgeschermd:
    """Which figures are hidden: the small ones, and the ones that would give a small one away."""

    vorm: Vorm
    waarden: Mapping[Cijfer, int]
    gevoelig: frozenset[Cijfer]
    verborgen: frozenset[Cijfer]
    drempel: int

    def grenzen(self, cijfer: Cijfer) -> Grenzen:
        return grenzen(self.vorm, self.waarden, self.verborgen, cijfer)

    def toont(self, cijfer: Cijfer) -> int | None:
        return None if cijfer in self.verborgen else self.waarden[cijfer]


def scherm_af(
    vorm: Vorm, waarden: Mapping[Cijfer, int], *, drempel: int, gevoelig: Iterable[Cijfer] | None = None
) -> Afgeschermd:
    """Hide what must be hidden and as little as we can besides.

    `gevoelig`: the figures about fewer than `drempel` people; when it is left out the figures are people. Every hidden
    one of them could be anything from 0 to at least `drempel`, and no hidden figure is known to within `drempel`.
    """
    klein = {c for c, n in waarden.items() if 0 < n < drempel} if gevoelig is None else set(gevoelig)
    bezig = _Bezig(vorm, waarden, frozenset(klein), drempel)
    verborgen = bezig.ruim_op(bezig.vul_aan(klein))
    return Afgeschermd(vorm, waarden, frozenset(klein), frozenset(verborgen), drempel)


@dataclass(frozen=True)
class _Bezig:
    vorm: Vorm
    waarden: Mapping[Cijfer, int]
    gevoelig: frozenset[Cijfer]
    drempel: int

    def veilig(self, cijfer: Cijfer, verborgen: Collection[Cijfer]) -> bool:
        gevonden = grenzen(self.vorm, self.waarden, verborgen, cijfer)
        if gevonden.breed() < self.drempel:
            return False
        laag_genoeg = gevonden.laagst == 0 or cijfer not in self.gevoelig
        return laag_genoeg and (gevonden.hoogst is None or gevonden.hoogst >= self.drempel)

    def vul_aan(self, klein: Iterable[Cijfer]) -> set[Cijfer]:
        """Until every hidden figure is safe. It ends: each turn hides a figure more, and with all hidden all is safe."""
        verborgen = set(klein)
        while zwak := [c for c in self._op_volgorde(verborgen) if not self.veilig(c, verborgen)]:
            verborgen |= self._nodig(zwak[0], verborgen)
        return verborgen

    def _nodig(self, cijfer: Cijfer, verborgen: Collection[Cijfer]) -> set[Cijfer]:
        """The cheapest figures that together leave room for another table: one with more, and one with 0 here."""
        van, naar = self.vorm.boog(cijfer)
        erbij = self._verschoven(cijfer, naar, van, self.drempel, verborgen)
        if cijfer not in self.gevoelig:
            return erbij
        return erbij | self._verschoven(cijfer, van, naar, self.waarden[cijfer], {*verborgen, *erbij})

    def _verschoven(
        self, cijfer: Cijfer, van: Knoop, naar: Knoop, hoeveel: int, verborgen: Collection[Cijfer]
    ) -> set[Cijfer]:
        stand, open_ = dict(self.waarden), set(verborgen)
        bogen = {c: self.vorm.boog(c) for c in self.vorm.cijfers if c != cijfer}
        while hoeveel:
            kosten = {c: self._prijs(c) for c in bogen if c not in open_}
            pad = _goedkoopste_pad(bogen, stand, van, naar, kosten)
            assert pad is not None, "over the grand total there is always a way"
            stap = min([hoeveel, *(stand[c] for c, vooruit in pad if not vooruit)])
            _schuif(stand, pad, stap)
            open_ |= {c for c, _ in pad}
            hoeveel -= stap
        return open_ - set(verborgen)

    def ruim_op(self, verborgen: set[Cijfer]) -> set[Cijfer]:
        """Show again, dearest first, what turns out not to be needed."""
        for cijfer in self._op_volgorde(verborgen - self.gevoelig):
            zonder = verborgen - {cijfer}
            if all(self.veilig(c, zonder) for c in zonder):
                verborgen = zonder
        return verborgen

    def _op_volgorde(self, cijfers: Iterable[Cijfer]) -> list[Cijfer]:
        return sorted(cijfers, key=lambda c: (-self._prijs(c), c))

    def _prijs(self, cijfer: Cijfer) -> int:
        """A large number is worth more to a reader than a small one, a sum more than a cell, the whole most."""
        rij, som = cijfer
        maal = 1 if som in self.vorm.kolommen else 8
        return (10 + self.waarden[cijfer]) * maal * (40 if rij == TOTAAL else 1)

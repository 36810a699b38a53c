"""The uitval report as data: who is counted where and why, and every figure as the length of a list (M1, U20).

Pure: `queries.uitval` fills it from the database, `queries.vaststelling` from a frozen quarter, tests from chance.
Screen, client list, chart, Excel and PDF all read this object and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from rapportage.categorieen import BEEINDIGD, UITVAL, Afspraken
from rapportage.enums import Categorie
from rapportage.merk import merk
from rapportage.tellingen import Telling, Verdeling, verdeel
from wmo_portal.lib.perioden import Periode

UITVAL_GROEP: Final = "uitval"
BEEINDIGD_GROEP: Final = "beeindigd"
GROEPEN: Final = {UITVAL_GROEP: UITVAL, BEEINDIGD_GROEP: BEEINDIGD}
"""Two figures are sums of categories; their clients are asked for by these names."""


@dataclass(frozen=True, slots=True)
class Naam:
    """A municipality or a provider as a report shows it: by name, and in an address by its code."""

    pk: int
    code: str
    naam: str


@dataclass(frozen=True, slots=True)
class Keuze:
    """What a report is about. Empty tuples mean: everything within the reader's reach."""

    periode: Periode
    regio_id: int | None = None
    gemeente_ids: tuple[int, ...] = ()
    aanbieder_ids: tuple[int, ...] = ()
    resultaatgebied_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Regel:
    """One client of one provider in one municipality, with the answer and the sentence why."""

    aanbieder_id: int
    gemeente_id: int
    sleutel: str
    """Keyed hash of the client: the same in every report, and no way back to the person (R106)."""
    telling: Telling
    afgeschermd: bool = False
    client_id: int = 0
    """0 in a frozen quarter, which knows nobody."""

    @property
    def merk(self) -> str:
        return merk(self.sleutel)

    @property
    def wie(self) -> tuple[int, int, str]:
        """What one row is about; unique in a report."""
        return self.gemeente_id, self.aanbieder_id, self.sleutel


@dataclass(frozen=True, slots=True)
class Los:
    """Messages that are there and cannot count yet."""

    stops: int = 0
    starts: int = 0
    stops_zonder_start: int = 0


class Overzicht(Protocol):
    """The figures alone, whoever counted them: the rule for one client at a time, or the database for all of them."""

    @property
    def keuze(self) -> Keuze: ...
    @property
    def gemeenten(self) -> tuple[Naam, ...]: ...
    @property
    def aanbieders(self) -> tuple[Naam, ...]: ...
    @property
    def afspraken(self) -> Mapping[int, Afspraken]: ...
    @property
    def los(self) -> Los: ...
    @property
    def per_gemeente(self) -> dict[int, Verdeling]: ...
    @property
    def per_aanbieder(self) -> dict[int, Verdeling]: ...
    @property
    def totaal(self) -> Verdeling: ...
    @property
    def personen(self) -> int: ...
    @property
    def aantal_buiten(self) -> int: ...
    @property
    def aantal_afgeleid(self) -> int: ...
    @property
    def aantal_na_te_kijken(self) -> int: ...


@dataclass(frozen=True)
class Uitval:
    """The report. `regels` is the whole population: who counts and who does not."""

    keuze: Keuze
    regels: tuple[Regel, ...]
    gemeenten: tuple[Naam, ...]
    aanbieders: tuple[Naam, ...]
    afspraken: Mapping[int, Afspraken] = field(default_factory=dict)
    """Per region the table by which 307 codes were counted."""
    los: Los = Los()

    @cached_property
    def geteld(self) -> tuple[Regel, ...]:
        return tuple(regel for regel in self.regels if regel.telling.telt_mee)

    @cached_property
    def buiten(self) -> tuple[Regel, ...]:
        """Who was left out; each with the reason in its sentence (M1)."""
        return tuple(regel for regel in self.regels if not regel.telling.telt_mee)

    def cel(
        self, *, gemeente: int | None = None, aanbieder: int | None = None, categorie: str | None = None
    ) -> tuple[Regel, ...]:
        """The clients behind a figure. Every figure of the report is the length of such a list.

        `categorie` is one of the six, or the name of a group of them.
        """
        gezocht = GROEPEN.get(categorie or "", (categorie,))
        return tuple(
            regel
            for regel in self.geteld
            if (gemeente is None or regel.gemeente_id == gemeente)
            and (aanbieder is None or regel.aanbieder_id == aanbieder)
            and (categorie is None or regel.telling.categorie in gezocht)
        )

    def buiten_cel(self, *, gemeente: int | None = None, aanbieder: int | None = None) -> tuple[Regel, ...]:
        """Who was left out of one row."""
        return tuple(
            regel
            for regel in self.buiten
            if (gemeente is None or regel.gemeente_id == gemeente)
            and (aanbieder is None or regel.aanbieder_id == aanbieder)
        )

    def verdeling(self, *, gemeente: int | None = None, aanbieder: int | None = None) -> Verdeling:
        return verdeel(
            regel.telling.categorie
            for regel in self.cel(gemeente=gemeente, aanbieder=aanbieder)
            if regel.telling.categorie
        )

    @cached_property
    def per_gemeente(self) -> dict[int, Verdeling]:
        """A row per municipality of the choice, also when it has no clients: empty is not absent (R75)."""
        per = _groepeer((regel.gemeente_id, regel.telling.categorie) for regel in self.geteld)
        return {gemeente.pk: verdeel(per.get(gemeente.pk, ())) for gemeente in self.gemeenten}

    @cached_property
    def per_aanbieder(self) -> dict[int, Verdeling]:
        """A row per provider with clients in the population, counted or not."""
        per = _groepeer((regel.aanbieder_id, regel.telling.categorie) for regel in self.geteld)
        return {aanbieder.pk: verdeel(per.get(aanbieder.pk, ())) for aanbieder in self.aanbieders}

    @cached_property
    def totaal(self) -> Verdeling:
        return self.verdeling()

    @cached_property
    def afgeleid(self) -> tuple[Regel, ...]:
        """The figures that rest on an inferred mapping (36-39)."""
        return tuple(regel for regel in self.geteld if regel.telling.afgeleid)

    @cached_property
    def na_te_kijken(self) -> tuple[Regel, ...]:
        return tuple(regel for regel in self.geteld if regel.telling.nakijken)

    @property
    def aantal_buiten(self) -> int:
        return len(self.buiten)

    @property
    def aantal_afgeleid(self) -> int:
        return len(self.afgeleid)

    @property
    def aantal_na_te_kijken(self) -> int:
        return len(self.na_te_kijken)

    @cached_property
    def personen(self) -> int:
        """Clients, each once per municipality; lower than the total when somebody has two providers."""
        return len({(regel.gemeente_id, regel.sleutel) for regel in self.geteld})

    def naam_gemeente(self, pk: int) -> str:
        return self._namen_gemeenten[pk]

    def naam_aanbieder(self, pk: int) -> str:
        return self._namen_aanbieders[pk]

    @cached_property
    def _namen_gemeenten(self) -> dict[int, str]:
        return {naam.pk: naam.naam for naam in self.gemeenten}

    @cached_property
    def _namen_aanbieders(self) -> dict[int, str]:
        return {naam.pk: naam.naam for naam in self.aanbieders}


def _groepeer(paren: Iterable[tuple[int, Categorie | None]]) -> dict[int, list[Categorie]]:
    per: dict[int, list[Categorie]] = defaultdict(list)
    for sleutel, categorie in paren:
        if categorie:
            per[sleutel].append(categorie)
    return per

"""The figures of the uitval report as the database counted them: per municipality and per provider, nobody's rows.

Pure. The rule is `tellingen.tel`, in Python; `queries.telling` says it once more in SQL for speed. That both say the
same is tested on people and messages that chance makes up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapportage.categorieen import Afspraken
from rapportage.enums import Buiten, Categorie
from rapportage.overzicht import Keuze, Los, Naam
from rapportage.tellingen import Verdeling


@dataclass(frozen=True, slots=True)
class Telregel:
    """So many clients of this municipality or provider have this answer; `categorie` None: they do not count."""

    eigenaar_id: int
    aantal: int
    categorie: Categorie | None
    buiten: Buiten | None = None
    afgeleid: bool = False
    nakijken: bool = False


@dataclass(frozen=True)
class Cijfers:
    """An `Overzicht`: what a page shows before anybody asks who is behind a number."""

    keuze: Keuze
    gemeenteregels: tuple[Telregel, ...]
    aanbiederregels: tuple[Telregel, ...]
    """The same clients once more."""
    gemeenten: tuple[Naam, ...]
    aanbieders: tuple[Naam, ...]
    afspraken: Mapping[int, Afspraken]
    los: Los
    personen: int

    @cached_property
    def per_gemeente(self) -> dict[int, Verdeling]:
        per = _tel_op((regel.eigenaar_id, regel) for regel in self.gemeenteregels)
        return {naam.pk: per.get(naam.pk, _leeg()) for naam in self.gemeenten}

    @cached_property
    def per_aanbieder(self) -> dict[int, Verdeling]:
        per = _tel_op((regel.eigenaar_id, regel) for regel in self.aanbiederregels)
        return {naam.pk: per.get(naam.pk, _leeg()) for naam in self.aanbieders}

    @cached_property
    def totaal(self) -> Verdeling:
        return som(self.gemeenteregels)

    @cached_property
    def aantal_buiten(self) -> int:
        return sum(regel.aantal for regel in self.gemeenteregels if regel.categorie is None)

    @cached_property
    def aantal_afgeleid(self) -> int:
        return sum(regel.aantal for regel in self.gemeenteregels if regel.afgeleid)

    @cached_property
    def aantal_na_te_kijken(self) -> int:
        return sum(regel.aantal for regel in self.gemeenteregels if regel.nakijken)


def som(regels: Iterable[Telregel]) -> Verdeling:
    """Of these together."""
    return _tel_op((0, regel) for regel in regels).get(0, _leeg())


def _leeg() -> Verdeling:
    return Verdeling(dict.fromkeys(Categorie, 0))


def _tel_op(paren: Iterable[tuple[int, Telregel]]) -> dict[int, Verdeling]:
    per: dict[int, dict[Categorie, int]] = defaultdict(lambda: dict.fromkeys(Categorie, 0))
    for sleutel, regel in paren:
        if regel.categorie:
            per[sleutel][regel.categorie] += regel.aantal
    return {sleutel: Verdeling(aantallen) for sleutel, aantallen in per.items()}

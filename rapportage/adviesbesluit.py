"""How often the consulent decides as the portal advised, per municipality (M6). Consistency, not a ranking. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from rapportage.merk import merk
from rapportage.tellingen import percentage
from resultaat.enums import Uitkomst
from wmo_portal.lib.keuzes import Keuze


class Verhouding(Keuze):
    """How advice and decision relate; the label is the head of the column."""

    EENS = "eens", "Volgens het advies"
    TOCH_BEHAALD = "toch_behaald", "Advies niet behaald, besluit behaald"
    TOCH_NIET = "toch_niet", "Advies behaald, besluit niet behaald"
    ANDERE_NEE = "andere_nee", "Andere reden van nee dan het advies"
    GEEN_ADVIES = "geen_advies", "Er was geen advies"


def verhouding(advies: str, uitkomst: Uitkomst) -> Verhouding:
    """`advies` as it was kept with the judgement: empty, an outcome, or "not reached" without saying which."""
    if not advies:
        return Verhouding.GEEN_ADVIES
    was_ja = advies == Uitkomst.JA
    if was_ja != uitkomst.behaald:
        return Verhouding.TOCH_BEHAALD if uitkomst.behaald else Verhouding.TOCH_NIET
    if not was_ja and advies in Uitkomst.codes() and advies != uitkomst:
        return Verhouding.ANDERE_NEE
    return Verhouding.EENS


@dataclass(frozen=True, slots=True)
class Besluit:
    """One judgement of a person, with what the portal advised."""

    sleutel: str
    afgeschermd: bool
    gemeente_code: str
    gemeente: str
    aanbieder: str
    gebied: str
    dag: date
    uitkomst: Uitkomst
    verhouding: Verhouding

    @property
    def merk(self) -> str:
        return merk(self.sleutel)

    @property
    def zin(self) -> str:
        return f"{self.uitkomst.label} op {self.dag:%d-%m-%Y}: {self.verhouding.label.lower()}."


@dataclass(frozen=True, slots=True)
class Rij:
    """A municipality, or all of them together."""

    code: str
    naam: str
    besluiten: tuple[Besluit, ...]

    def cel(self, soort: Verhouding | None) -> tuple[Besluit, ...]:
        """The judgements behind a number; None is all of them."""
        return tuple(b for b in self.besluiten if soort is None or b.verhouding is soort)

    @property
    def eens(self) -> Decimal | None:
        """The share of the judgements that had an advice."""
        met = [b for b in self.besluiten if b.verhouding is not Verhouding.GEEN_ADVIES]
        return percentage(sum(b.verhouding is Verhouding.EENS for b in met), len(met))


def per_gemeente(besluiten: Iterable[Besluit]) -> tuple[list[Rij], Rij]:
    """A row per municipality that occurs, by name, and the total."""
    alle = tuple(besluiten)
    namen = sorted({(b.gemeente, b.gemeente_code) for b in alle})
    rijen = [Rij(code, naam, tuple(b for b in alle if b.gemeente_code == code)) for naam, code in namen]
    return rijen, Rij("", "Totaal", alle)


DEFINITIE: Final = (
    (
        "Advies en besluit",
        "Het aandeel oordelen waarbij de consulent besloot wat het portaal adviseerde, van alle oordelen waarbij er een "
        "advies was.",
    ),
    (
        "Welke oordelen",
        "Oordelen van consulenten die nu gelden. Oordelen van de maandelijkse ronde tellen niet mee: daar besliste "
        "geen mens. Hulp met een pgb telt niet mee.",
    ),
    (
        "Volgens het advies",
        "Advies en besluit zeggen allebei behaald, of allebei niet behaald. Noemde het advies een bepaalde reden van nee, "
        "dan is dat dezelfde.",
    ),
    ("Geen advies", "Het perspectief of de trede was niet vastgelegd, of de stopcode geeft geen advies."),
    (
        "Waarvoor",
        "Om te zien of het advies past en of consulenten hetzelfde doen in dezelfde gevallen. Het is geen ranglijst: "
        "afwijken met een goede reden hoort bij het werk.",
    ),
    (
        "Periode",
        "Een oordeel hoort bij de dag waarop het slaat: het einde, de stap of het monitoringsmoment.",
    ),
)

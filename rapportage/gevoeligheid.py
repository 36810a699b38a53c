"""What the figures would be if the open choices were made otherwise (M8): codes that the sources leave open, and an end
that is soon followed by a new start.

Pure. Each row says which choice, and why somebody could defend it. The agreed count itself is never changed. The other
choices of M8 need no variant: every page shows its percentages on both bases, and the KPI with and without neutraal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from rapportage.bron import Bron
from rapportage.categorieen import Afspraken
from rapportage.enums import Categorie
from rapportage.herinstroom import overbrug
from rapportage.overzicht import Keuze, Uitval
from rapportage.verschil import Soort, Verschil, verschillen
from stopberichten.enums import RedenBeeindiging

_C, _R = Categorie, RedenBeeindiging
HERINSTROOM_DAGEN: Final = 31


@dataclass(frozen=True, slots=True)
class Variant:
    """One other choice."""

    naam: str
    waarom: str
    anders: Mapping[RedenBeeindiging, Categorie] = field(default_factory=dict)
    herinstroom: int = 0
    """So many days after an end a new start makes it no end."""

    def pas_toe(self, afspraken: Afspraken) -> Afspraken:
        return {
            code: replace(rij, categorie=self.anders.get(code, rij.categorie))
            for code, rij in afspraken.items()
        }


VARIANTEN: Final = (
    Variant(
        "Overstap (38) bij externe omstandigheden",
        "Sinds code 38 bestaat, noemt de omschrijving van code 21 de overstap niet meer.",
        {_R("38"): _C.EXTERN},
    ),
    Variant(
        "Overstap (38) in overeenstemming",
        "De cliënt houdt hulp; aanbieder en gemeente regelen de overdracht samen.",
        {_R("38"): _C.IN_OVEREENSTEMMING},
    ),
    Variant(
        "Ander domein (39) in overeenstemming",
        "De hulp gaat verder in een passender domein.",
        {_R("39"): _C.IN_OVEREENSTEMMING},
    ),
    Variant(
        "Gemeente beëindigt (36) in overeenstemming",
        "Als de gemeente na overleg met de cliënt beëindigt.",
        {_R("36"): _C.IN_OVEREENSTEMMING},
    ),
    Variant(
        f"Binnen {HERINSTROOM_DAGEN} dagen weer gestart telt niet als einde",
        "Wie bij dezelfde aanbieder zo snel terugkomt, was misschien nooit weg.",
        herinstroom=HERINSTROOM_DAGEN,
    ),
)


@dataclass(frozen=True, slots=True)
class Uitkomst:
    variant: Variant
    uitval: Uitval
    verschoven: tuple[Verschil, ...]


def reken_door(bron: Bron, keuze: Keuze, basis: Uitval) -> list[Uitkomst]:
    """Every variant over the same rows: the same people, in other categories."""
    uit = []
    for variant in VARIANTEN:
        afspraken = {regio: variant.pas_toe(rijen) for regio, rijen in basis.afspraken.items()}
        feiten = overbrug(bron, variant.herinstroom) if variant.herinstroom else bron
        gevonden = feiten.uitval(keuze, afspraken)
        verschoven = (v for v in verschillen(basis, gevonden) if v.soort is not Soort.ANDERE_GROND)
        uit.append(Uitkomst(variant, gevonden, tuple(verschoven)))
    return uit

"""What the figures would be if the open choices were made otherwise (M8): only codes that the sources leave open.

Pure. Each row says which choice, and why somebody could defend it. The agreed mapping itself is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from rapportage.bron import Bron
from rapportage.categorieen import Afspraken
from rapportage.enums import Categorie
from rapportage.overzicht import Keuze, Uitval
from rapportage.verschil import Verschil, verschillen
from stopberichten.enums import RedenBeeindiging

_C, _R = Categorie, RedenBeeindiging


@dataclass(frozen=True, slots=True)
class Variant:
    """One other choice."""

    naam: str
    waarom: str
    anders: Mapping[RedenBeeindiging, Categorie]

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
        gevonden = bron.uitval(keuze, afspraken)
        uit.append(Uitkomst(variant, gevonden, tuple(verschillen(basis, gevonden))))
    return uit

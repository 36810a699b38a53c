"""The figures of a frozen quarter, kept beside the clients they were counted from (M3). Pure.

How the data flows: freezing asks the rule (`tellingen.tel`) about every client and keeps a row per client. In the same
transaction it keeps every number that a page shows (`als_inhoud`), under a seal of their own that hangs on the seal over
the clients. The page reads these numbers alone (`lees`): what it costs depends on the number of municipalities and
providers, and no more on that of clients. Checking counts the client rows again and asks for the same `als_inhoud`.

Each number is kept as it is shown and none is a sum of others: who has care from two providers counts with both of them,
in one municipality, and is one person. From numbers per provider that last one cannot be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from rapportage.categorieen import Afspraken
from rapportage.enums import Categorie
from rapportage.overzicht import Keuze, Los, Naam, Overzicht
from rapportage.tellingen import Verdeling
from wmo_portal.lib.keuzes import Keuze as Lijst

Inhoud = dict[str, Any]
"""As it is stored and sealed: lists, whole numbers and words."""
_CATEGORIEEN: Final = tuple(Categorie)


class Zegelstand(Lijst):
    """What was checked before a frozen quarter was shown."""

    CIJFERS = "cijfers", "Het zegel over deze cijfers klopt."
    ALLES = "alles", "Het zegel klopt: er is sindsdien niets aan veranderd."
    STUK = "stuk", "Het zegel klopt niet."


@dataclass(frozen=True)
class VasteCijfers:
    """An `Overzicht` of numbers that were kept; nothing is counted here."""

    keuze: Keuze
    gemeenten: tuple[Naam, ...]
    aanbieders: tuple[Naam, ...]
    afspraken: Mapping[int, Afspraken]
    los: Los
    per_gemeente: dict[int, Verdeling]
    per_aanbieder: dict[int, Verdeling]
    personen: int
    aantal_buiten: int
    aantal_afgeleid: int
    aantal_na_te_kijken: int

    @cached_property
    def totaal(self) -> Verdeling:
        """A client is of one municipality, so these may be added up."""
        per = self.per_gemeente.values()
        return Verdeling({c: sum(verdeling.aantallen[c] for verdeling in per) for c in _CATEGORIEEN})


def als_inhoud(cijfers: Overzicht) -> Inhoud:
    """Every number of these figures, whoever counted them."""
    return {
        "categorieen": [categorie.value for categorie in _CATEGORIEEN],
        "gemeenten": _rijen(cijfers.per_gemeente),
        "aanbieders": _rijen(cijfers.per_aanbieder),
        "personen": cijfers.personen,
        "buiten": cijfers.aantal_buiten,
        "afgeleid": cijfers.aantal_afgeleid,
        "na_te_kijken": cijfers.aantal_na_te_kijken,
    }


def _rijen(per: Mapping[int, Verdeling]) -> list[list[int]]:
    """Whose it is, and the numbers in the order of `categorieen`."""
    return [[pk, *(verdeling.aantallen[c] for c in _CATEGORIEEN)] for pk, verdeling in sorted(per.items())]


def lees(
    inhoud: Inhoud,
    *,
    keuze: Keuze,
    gemeenten: tuple[Naam, ...],
    aanbieders: tuple[Naam, ...],
    afspraken: Mapping[int, Afspraken],
    los: Los,
) -> VasteCijfers:
    """The reverse of `als_inhoud`. Whoever calls has seen that the seal holds."""
    categorieen = [Categorie(waarde) for waarde in inhoud["categorieen"]]
    return VasteCijfers(
        keuze,
        gemeenten,
        aanbieders,
        afspraken,
        los,
        per_gemeente=_verdelingen(categorieen, inhoud["gemeenten"]),
        per_aanbieder=_verdelingen(categorieen, inhoud["aanbieders"]),
        personen=inhoud["personen"],
        aantal_buiten=inhoud["buiten"],
        aantal_afgeleid=inhoud["afgeleid"],
        aantal_na_te_kijken=inhoud["na_te_kijken"],
    )


def _verdelingen(categorieen: list[Categorie], rijen: list[list[int]]) -> dict[int, Verdeling]:
    return {pk: Verdeling(dict(zip(categorieen, aantallen, strict=True))) for pk, *aantallen in rijen}

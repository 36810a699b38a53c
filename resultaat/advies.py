"""The advice: from perspectief and trede then -> now to "behaald" or not, with its one sentence (R4-R6).

The two uitgangspunten of the werkwijze (H5:L7-8) are the whole of it. Treden are compared by zwaarte only,
whatever a region calls them: 0 is uitstroom, the lightest care of all is the waakvlam, higher is heavier.
The advice never decides; a consulent who deviates gives a reason (M6).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from beschikkingen.enums import Perspectief
from resultaat.enums import AdviesSterkte, Uitkomst
from resultaat.opties import suggestie
from stopberichten.enums import RedenBeeindiging


@dataclass(frozen=True, slots=True)
class Trede:
    """A trede as the advice sees it: what it is called and how heavy it is (0 = uitstroom)."""

    naam: str
    zwaarte: int

    def __post_init__(self) -> None:
        if self.zwaarte < 0:
            raise ValueError(f"trede {self.naam} heeft zwaarte {self.zwaarte}; verwacht 0 of hoger")


UITSTROOM: Final = Trede("uitstroom", 0)

UITGANGSPUNTEN: Final = MappingProxyType(
    {
        Perspectief.LANGDURIG: (
            "Bij cliënten die langdurige ondersteuning nodig hebben, is het resultaat behaald als dezelfde "
            "trede (of een lichtere trede) nodig is. Ze zijn dan stabiel."
        ),
        Perspectief.VERBETERING: (
            "Bij cliënten waar binnen de gestelde termijn verbetering verwacht wordt, is het resultaat "
            "behaald als een lichtere trede, waakvlam of uitstroom mogelijk is."
        ),
    }
)
"""H5:L7-8. `Perspectief.ONBEKEND` has no uitgangspunt, and so no advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviesFeiten:
    """`trede_toen` as decided, `trede_nu` as needed now; None where it is not known."""

    perspectief: Perspectief
    trede_toen: Trede | None
    trede_nu: Trede | None
    stopcode: RedenBeeindiging | None = None


@dataclass(frozen=True, slots=True)
class Advies:
    """`uitkomst` is filled where the option of bijlage 3 follows; a plain "niet behaald" leaves it open."""

    sterkte: AdviesSterkte
    behaald: bool | None
    uitkomst: Uitkomst | None
    zin: str
    uitgangspunt: str = ""

    def wijkt_af(self, gekozen: Uitkomst) -> bool:
        """Does this choice go against a firm advice, so that a reason is asked (M6)?"""
        return self.sterkte is AdviesSterkte.ADVIES and self.behaald is not gekozen.behaald


def _geen(zin: str) -> Advies:
    return Advies(AdviesSterkte.GEEN, None, None, zin)


_ZWIJGT: Final = frozenset(
    {
        RedenBeeindiging.TIJDELIJK,
        RedenBeeindiging.EENZIJDIG_CLIENT,
        RedenBeeindiging.EENZIJDIG_AANBIEDER,
        RedenBeeindiging.DOOR_GEMEENTE,
        RedenBeeindiging.WIJZIGINGSVERZOEK,
        RedenBeeindiging.ANDERE_AANBIEDER,
    }
)
"""Leaving in these ways says nothing about what the client still needs: only the consulent can tell (R26)."""


def advies(feiten: AdviesFeiten) -> Advies:
    """The advice with its reason in one Dutch sentence; always an answer, possibly "geen advies"."""
    if voorstel := suggestie(feiten.stopcode):
        code = RedenBeeindiging(feiten.stopcode or "")
        return Advies(
            AdviesSterkte.MOGELIJK,
            False,
            voorstel.uitkomst,
            f"Niet behaald, reden neutraal, is het voorstel bij stopcode {code} ({code.label}). "
            "Bevestig dit of kies anders.",
        )
    if feiten.stopcode in _ZWIJGT:
        return _geen(f"Bij stopcode {feiten.stopcode} beoordeelt de consulent dit zelf.")
    return _uit_trede(feiten)


def _uit_trede(feiten: AdviesFeiten) -> Advies:
    toen, nu = feiten.trede_toen, feiten.trede_nu
    if feiten.perspectief is Perspectief.ONBEKEND:
        return _geen("Het perspectief (langdurig of verbetering) is niet vastgelegd.")
    if toen is None or nu is None:
        welke = "bij de beschikking" if toen is None else "van nu"
        return _geen(f"De trede {welke} is niet vastgelegd.")
    behaald = nu.zwaarte < toen.zwaarte or (
        nu.zwaarte == toen.zwaarte and feiten.perspectief is Perspectief.LANGDURIG
    )
    sterkte = AdviesSterkte.ADVIES
    if feiten.stopcode is RedenBeeindiging.IN_OVEREENSTEMMING:
        sterkte = AdviesSterkte.MOGELIJK
    return Advies(
        sterkte,
        behaald,
        Uitkomst.JA if behaald else None,
        f"{_oordeel(sterkte, behaald=behaald)}, want {_overgang(toen, nu)} "
        f"bij perspectief {feiten.perspectief.value}.",
        UITGANGSPUNTEN[feiten.perspectief],
    )


def _oordeel(sterkte: AdviesSterkte, *, behaald: bool) -> str:
    oordeel = "behaald" if behaald else "niet behaald"
    return f"Mogelijk {oordeel}" if sterkte is AdviesSterkte.MOGELIJK else oordeel.capitalize()


def _overgang(toen: Trede, nu: Trede) -> str:
    if nu.zwaarte == UITSTROOM.zwaarte:
        return f"uitstroom (was {toen.naam})"
    if nu.zwaarte == toen.zwaarte:
        return f"dezelfde trede ({nu.naam})"
    soort = "lichtere" if nu.zwaarte < toen.zwaarte else "zwaardere"
    return f"een {soort} trede ({toen.naam} → {nu.naam})"

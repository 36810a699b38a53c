"""Bijlage 3 of the H5 werkwijze: the four outcomes with their definitions and examples.

The outcomes are fixed; the examples are examples ("te denken valt aan") and a region may keep its own list
(R35, R41). The codes below are the ones we ship, and what is stored is always a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from resultaat.enums import Uitkomst
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.perioden import plus_maanden

BRON: Final = "H5 bijlage 3"
MATCH_MAANDEN: Final = 2
GEEN_MATCH_OP_TIJD: Final = "geen_match_op_tijd"
GEEN_MATCH_TE_LAAT: Final = "geen_match_te_laat"


@dataclass(frozen=True, slots=True)
class Reden:
    """One example reason. `code` is stored and stable, `tekst` is what the consulent ticks."""

    code: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Optie:
    """One of the four outcomes, with the definition line that is shown as help (R39)."""

    uitkomst: Uitkomst
    definitie: str
    redenen: tuple[Reden, ...] = ()
    bron: str = BRON


_RIJEN: Final = (
    Optie(Uitkomst.JA, "Het resultaat is behaald door de aanbieder, beoordeeld door de consulent."),
    Optie(
        Uitkomst.NEE_ZORGAANBIEDER,
        "Het resultaat is niet behaald (er kan niet afgeschaald worden). "
        "Dit is te wijten aan de zorgaanbieder.",
        (
            Reden("wisselende_hulpen", "Zorgaanbieder heeft wisselende hulpen ingezet"),
            Reden("niet_actief_gewerkt", "Zorgaanbieder heeft niet actief aan de resultaten/doelen gewerkt"),
            Reden("geen_personeel", "Zorgaanbieder heeft geen personeel"),
            Reden("te_veel_subdoelen", "Zorgaanbieder heeft te veel subdoelen gesteld"),
            Reden(
                GEEN_MATCH_TE_LAAT,
                "Er is geen match tussen zorgaanbieder en cliënt, en de zorgaanbieder geeft dit te laat aan "
                "(na 2 maanden)",
            ),
        ),
    ),
    Optie(
        Uitkomst.NEE_CLIENT,
        "Het resultaat is niet behaald (er kan niet afgeschaald worden). Oorzaak ligt bij de cliënt.",
        (
            Reden("zorgmijder", "Cliënt wilde niet (zorgmijder)"),
            Reden(
                "life_event",
                "Cliënt heeft een life event (dierbare overleden, cliënt is ziek geworden, enzovoort)",
            ),
            Reden("meer_tijd_nodig", "Cliënt heeft meer tijd nodig om doelen te bereiken"),
            Reden(
                GEEN_MATCH_OP_TIJD,
                "Er is geen match tussen zorgaanbieder en cliënt, en de zorgaanbieder geeft dit op tijd aan "
                "(binnen 2 maanden)",
            ),
            Reden(
                "geschil_derde",
                "Er is een geschil tussen de cliënt en een derde partij (bijvoorbeeld woningbouwvereniging)",
            ),
        ),
    ),
    Optie(
        Uitkomst.NEE_NEUTRAAL,
        "Het resultaat is niet behaald. Oorzaak ligt niet in de invloedssfeer. "
        "Cliënt stroomt uit en er is geen opvolging.",
        (
            Reden("overlijden", "Overlijden"),
            Reden("verhuizing", "Verhuizing"),
            Reden("overgang_wlz", "Overgang Wlz"),
        ),
    ),
)

OPTIES: Final = MappingProxyType({rij.uitkomst: rij for rij in _RIJEN})
_UITKOMST_VAN: Final = MappingProxyType({reden.code: rij.uitkomst for rij in _RIJEN for reden in rij.redenen})


def hoort_bij(redencode: str) -> Uitkomst:
    """The outcome under which a shipped reason stands. Raises KeyError for a region's own code."""
    return _UITKOMST_VAN[redencode]


@dataclass(frozen=True, slots=True)
class Match:
    """The two-month test of "geen match" (R40). The portal computes and shows it; the consulent decides."""

    op_tijd: bool
    dagen: int
    """Days from the start of care to the day the provider reported it; negative when that was before."""
    grens: date
    """The last day that counts as on time."""

    @property
    def uitkomst(self) -> Uitkomst:
        return Uitkomst.NEE_CLIENT if self.op_tijd else Uitkomst.NEE_ZORGAANBIEDER

    @property
    def reden(self) -> str:
        return GEEN_MATCH_OP_TIJD if self.op_tijd else GEEN_MATCH_TE_LAAT

    @property
    def zin(self) -> str:
        oordeel = "binnen" if self.op_tijd else "na"
        return (
            f"Aangegeven {self.dagen} dagen na de start van de zorg, {oordeel} 2 maanden "
            f"(de grens was {self.grens:%d-%m-%Y})."
        )


def match_op_tijd(start: date, aangegeven: date) -> Match:
    """Did the provider report the missing match within two months of the start of care (305)?

    The boundary day counts as within (R40). Two months after 31 December is the last day of February.
    """
    grens = plus_maanden(start, MATCH_MAANDEN)
    return Match(aangegeven <= grens, (aangegeven - start).days, grens)


@dataclass(frozen=True, slots=True)
class Suggestie:
    """A prefilled outcome that the consulent must confirm (R43)."""

    uitkomst: Uitkomst
    reden: str


SUGGESTIES: Final = MappingProxyType(
    {
        RedenBeeindiging.OVERLIJDEN: Suggestie(Uitkomst.NEE_NEUTRAAL, "overlijden"),
        RedenBeeindiging.VERHUIZING: Suggestie(Uitkomst.NEE_NEUTRAAL, "verhuizing"),
        RedenBeeindiging.ANDER_DOMEIN: Suggestie(Uitkomst.NEE_NEUTRAAL, "overgang_wlz"),
    }
)


def suggestie(code: RedenBeeindiging | None) -> Suggestie | None:
    """What a stop code suggests: 02, 31 and 39 lie outside everybody's influence; other codes nothing."""
    return None if code is None else SUGGESTIES.get(code)

"""The H5 werkwijze "resultaat behaald" as a table: paragraphs 1A, 1B, 1C, 2, 3 and 4.

`paragraaf(feiten)` is total and exclusive: of any combination of facts exactly one row applies, which the
tests prove by going through all of them. The page "De werkwijze" renders these rows; there is no other copy.
The advice (R4-R6) stands in `advies`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Final, Literal

from beschikkingen.enums import SoortBeschikking
from resultaat.enums import Aanleiding, Paragraaf, Registreert, Stuurt, Uitkomst, Vervolg
from stopberichten.enums import RedenBeeindiging


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """What has to be known of one resultaatgebied to say which paragraph applies."""

    soort: SoortBeschikking
    aanleiding: Aanleiding
    behaald: bool
    """Can care be scaled down as planned, or is the client stable as planned (H5 uitgangspunten)?"""
    vervolg_nodig: bool
    """Is follow-up care needed, or does the client leave?"""
    einddatum: bool = True
    """Does a getrapte indicatie have an end date? Of no meaning for the other two kinds."""
    stopcode: RedenBeeindiging | None = None
    """Of no meaning unless `aanleiding` is STOP."""
    op_einddatum: bool = True
    """Does the care end on the end date of the toewijzing? Of no meaning unless `aanleiding` is STOP."""

    @property
    def loopt_af(self) -> bool:
        """Case 1 applies to decisions with an end date, the last step of a getrapte included (R7, R24)."""
        if self.soort is SoortBeschikking.GETRAPT:
            return self.einddatum
        return self.soort is SoortBeschikking.MET_EINDDATUM

    @property
    def volgens_plan(self) -> bool:
        """Neither a tussenstap nor a stop for another reason or on another day."""
        if self.aanleiding is Aanleiding.STOP:
            return (
                self.stopcode is RedenBeeindiging.VOLGENS_PLAN
                and self.op_einddatum
                and (self.loopt_af or self.vervolg_nodig)
            )
        return self.aanleiding is Aanleiding.EINDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Werkwijzeregel:
    """One paragraph. `zinnen` are the sentences of the werkwijze that it implements."""

    paragraaf: Paragraaf
    geldt: Callable[[Feiten], bool]
    registreert: Registreert
    stuurt: tuple[Stuurt, ...]
    termijn: str
    """The deadline for what the provider sends, in words; `beschikkingen.termijnen` computes the day."""
    acht_weken: bool
    """Does the 8-week deadline apply (R59), and with it the reminders?"""
    uitkomsten: tuple[Uitkomst, ...]
    vervolg: Vervolg
    zinnen: tuple[str, ...]
    bron: str

    @property
    def titel(self) -> str:
        return self.paragraaf.label

    @property
    def kop(self) -> str:
        return f"§{self.paragraaf} {self.titel}"


Onbekend = Literal["behaald", "vervolg_nodig"]

NEES: Final = (Uitkomst.NEE_ZORGAANBIEDER, Uitkomst.NEE_CLIENT, Uitkomst.NEE_NEUTRAAL)


def _einde(feiten: Feiten) -> bool:
    return feiten.volgens_plan and feiten.loopt_af


def _is_1a(feiten: Feiten) -> bool:
    return _einde(feiten) and feiten.behaald and not feiten.vervolg_nodig


def _is_1b(feiten: Feiten) -> bool:
    return _einde(feiten) and feiten.behaald and feiten.vervolg_nodig


def _is_1c(feiten: Feiten) -> bool:
    return _einde(feiten) and not feiten.behaald and feiten.vervolg_nodig


def _is_2(feiten: Feiten) -> bool:
    return feiten.volgens_plan and not feiten.loopt_af


def _is_3(feiten: Feiten) -> bool:
    return feiten.aanleiding is Aanleiding.TUSSENSTAP


def _is_4(feiten: Feiten) -> bool:
    """A stop for another reason or at another time, or an end without result and without follow-up."""
    if feiten.aanleiding is Aanleiding.STOP and not feiten.volgens_plan:
        return True
    return _einde(feiten) and not feiten.behaald and not feiten.vervolg_nodig


_ACHT_WEKEN: Final = "Uiterlijk 8 weken voor het einde van de beschikking"
_DOCUMENT: Final = (
    "De zorgaanbieder stuurt uiterlijk 8 weken voorafgaand aan de beëindiging van de beschikking het "
    "evaluatieformulier of zorgplan op naar de toegang, inclusief de reden waarom "
)
_NIEUW: Final = "Er wordt een nieuwe beschikking afgegeven voor het vervolgtraject."

_RIJEN: Final = (
    Werkwijzeregel(
        paragraaf=Paragraaf.P1A,
        geldt=_is_1a,
        registreert=Registreert.ADMINISTRATIE,
        stuurt=(Stuurt.STOPBERICHT, Stuurt.TOELICHTING),
        termijn="Stopbericht binnen 5 werkdagen na het einde van de zorg",
        acht_weken=False,
        uitkomsten=(Uitkomst.JA,),
        vervolg=Vervolg.SLUITEN,
        zinnen=(
            "De cliënt heeft geen ondersteuning meer nodig.",
            "De zorgaanbieder stuurt een stopbericht met code 19 en vult het formulier Toelichting verzoek "
            "wijziging/beëindiging in.",
            "De administratie van de gemeente loopt iedere maand de stopberichten na en vult resultaat "
            "behaald ‘ja’ in. Het dossier wordt gesloten.",
        ),
        bron="H5:L13-16",
    ),
    Werkwijzeregel(
        paragraaf=Paragraaf.P1B,
        geldt=_is_1b,
        registreert=Registreert.CONSULENT,
        stuurt=(Stuurt.EVALUATIE,),
        termijn=_ACHT_WEKEN,
        acht_weken=True,
        uitkomsten=(Uitkomst.JA,),
        vervolg=Vervolg.NIEUWE_BESCHIKKING,
        zinnen=(
            "Het resultaat is bereikt als de ondersteuning volgens plan kan worden afgeschaald.",
            f"{_DOCUMENT}vervolgondersteuning nodig is.",
            "Als de consulent twijfelt, wordt er aanvullende informatie opgevraagd.",
            "De consulent voert op dat het resultaat bereikt is.",
            _NIEUW,
        ),
        bron="H5:L18-23",
    ),
    Werkwijzeregel(
        paragraaf=Paragraaf.P1C,
        geldt=_is_1c,
        registreert=Registreert.CONSULENT,
        stuurt=(Stuurt.EVALUATIE,),
        termijn=_ACHT_WEKEN,
        acht_weken=True,
        uitkomsten=NEES,
        vervolg=Vervolg.NIEUWE_BESCHIKKING,
        zinnen=(
            f"{_DOCUMENT}het resultaat niet behaald is.",
            "Als de consulent twijfelt over die reden, wordt er aanvullende informatie opgevraagd.",
            "De consulent voert de reden in waarom het resultaat niet behaald is.",
            _NIEUW,
        ),
        bron="H5:L25-29",
    ),
    Werkwijzeregel(
        paragraaf=Paragraaf.P2,
        geldt=_is_2,
        registreert=Registreert.CONSULENT,
        stuurt=(Stuurt.EVALUATIE,),
        termijn="8 weken voor het monitoringsmoment",
        acht_weken=True,
        uitkomsten=tuple(Uitkomst),
        vervolg=Vervolg.VOLGEND_MONITORINGSMOMENT,
        zinnen=(
            "De aanbieder stuurt 8 weken voorafgaand aan het monitoringsmoment het evaluatieformulier of "
            "zorgplan in.",
            "Er vindt een gesprek plaats met cliënt, aanbieder en consulent binnen de afgesproken termijn.",
            "De consulent bepaalt of er nog ondersteuning nodig is en zo ja, welke resultaatgebieden en "
            "welke treden.",
            "De consulent bepaalt of van het betreffende resultaatgebied het resultaat is behaald.",
        ),
        bron="H5:L31-35",
    ),
    Werkwijzeregel(
        paragraaf=Paragraaf.P3,
        geldt=_is_3,
        registreert=Registreert.CONSULENT,
        stuurt=(Stuurt.TOELICHTING,),
        termijn="Aan het einde van de tussenstap, alleen als afschalen niet lukt",
        acht_weken=False,
        uitkomsten=NEES,
        vervolg=Vervolg.DOORLOPEN,
        zinnen=(
            "Aan het einde van de eerste periode wordt er afgeschaald. Als dit lukt, hoeft er niets gedaan "
            "te worden. Er wordt ook niet ingevuld of het resultaat behaald is.",
            "Lukt het niet, dan stuurt de zorgaanbieder het wijzigingsformulier op met de reden, en vult de "
            "consulent ‘resultaat niet behaald’ in.",
            "Aan het einde van de laatste periode geldt paragraaf 1 (met einddatum) of 2 (zonder einddatum).",
        ),
        bron="H5:L37-42",
    ),
    Werkwijzeregel(
        paragraaf=Paragraaf.P4,
        geldt=_is_4,
        registreert=Registreert.CONSULENT,
        stuurt=(Stuurt.STOPBERICHT, Stuurt.TOELICHTING),
        termijn="Stopbericht binnen 5 werkdagen na het einde van de zorg",
        acht_weken=False,
        uitkomsten=tuple(Uitkomst),
        vervolg=Vervolg.SLUITEN,
        zinnen=(
            "Als een cliënt eerder of om een andere reden uit zorg gaat, stuurt de zorgaanbieder een "
            "stopbericht met de bijbehorende code en het formulier Toelichting verzoek "
            "wijziging/beëindiging, als bijlage 1 dat bij die code vraagt.",
            "De consulent voert in of het resultaat behaald is of niet.",
        ),
        bron="H5:L44-46; bijlage 1 (R27)",
    ),
)

WERKWIJZE: Final = MappingProxyType({rij.paragraaf: rij for rij in _RIJEN})


def paragraaf(feiten: Feiten) -> Werkwijzeregel:
    """The one paragraph that applies."""
    return next(rij for rij in _RIJEN if rij.geldt(feiten))


def mogelijke_paragrafen(feiten: Feiten, *, onbekend: Collection[Onbekend]) -> tuple[Werkwijzeregel, ...]:
    """The paragraphs that can still apply while these facts are unknown, in the order of the source.

    Eight weeks before the end nobody knows yet whether it will be 1A, 1B or 1C (R61):
    `mogelijke_paragrafen(feiten, onbekend=("behaald", "vervolg_nodig"))`.
    """
    behaald = (True, False) if "behaald" in onbekend else (feiten.behaald,)
    vervolg = (True, False) if "vervolg_nodig" in onbekend else (feiten.vervolg_nodig,)
    gevonden = {
        paragraaf(replace(feiten, behaald=b, vervolg_nodig=v)).paragraaf for b, v in product(behaald, vervolg)
    }
    return tuple(rij for rij in _RIJEN if rij.paragraaf in gevonden)


def toegestane_uitkomsten(feiten: Feiten) -> tuple[Uitkomst, ...]:
    """What may be entered here. Empty: nothing may, and the portal offers nothing.

    A tussenstap that succeeded has no outcome (R22), and neither has a temporary stop, which ends
    nothing (R31).
    """
    if feiten.aanleiding is Aanleiding.TUSSENSTAP and feiten.behaald:
        return ()
    if feiten.aanleiding is Aanleiding.STOP and feiten.stopcode is RedenBeeindiging.TIJDELIJK:
        return ()
    return paragraaf(feiten).uitkomsten

"""The six categories with their help texts, and which 307 code falls in which (MH §1; feiten 4.4; R85-R89).

The rows below are the ones we ship. What a region agreed is data with a date, and comes in as rows; a report
says by which rows it was counted and how many of its figures rest on an inferred one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from rapportage.enums import Categorie
from stopberichten.enums import RedenBeeindiging, Zekerheid


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorieregel:
    """One category as the reader meets it."""

    categorie: Categorie
    hulptekst: str
    beeindigd: bool = True
    uitval: bool = False
    """Is it uitval in the strict sense? Only 03 and 04 are (MH note 3, R87)."""
    vraag: str = ""
    """What the provider must explain when the number is above 0 (R86); empty: nothing is asked."""


_C: Final = Categorie
_VERKLARING: Final = "Waar doet deze zich voor en wat zijn nadere verklaringen voor deze uitval?"

_RIJEN: Final = (
    Categorieregel(
        categorie=_C.VOLGENS_PLAN,
        hulptekst="De hulp is geheel volgens plan uitgevoerd.",
    ),
    Categorieregel(
        categorie=_C.IN_OVEREENSTEMMING,
        hulptekst=(
            "Tussentijds veranderde de situatie van de cliënt of zijn omgeving, waardoor de gestarte hulp "
            "niet meer passend is. In overeenstemming met de cliënt is gekozen voor een ander type hulp, of "
            "is de hulp afgerond."
        ),
        vraag="Waar doet deze zich voor en hoe verwijst u door in de keten?",
    ),
    Categorieregel(
        categorie=_C.EENZIJDIG_CLIENT,
        hulptekst=(
            "De cliënt komt bijvoorbeeld niet meer naar sessies of onttrekt zich aan de hulp. De uitvoering "
            "van het plan is nog niet afgerond. Dit is uitval."
        ),
        uitval=True,
        vraag=_VERKLARING,
    ),
    Categorieregel(
        categorie=_C.EENZIJDIG_AANBIEDER,
        hulptekst=(
            "De aanbieder stopt de hulp. De uitvoering van het plan is nog niet afgerond. Dit is uitval."
        ),
        uitval=True,
        vraag=_VERKLARING,
    ),
    Categorieregel(
        categorie=_C.EXTERN,
        hulptekst=(
            "De uitvoering van het plan stopt wegens externe omstandigheden, bijvoorbeeld omdat de cliënt "
            "overleden of verhuisd is en de hulp bij deze aanbieder eindigt."
        ),
    ),
    Categorieregel(
        categorie=_C.NOG_IN_ZORG,
        hulptekst=(
            "De hulp is feitelijk gestart en liep op de laatste dag van de periode nog. Wie tijdelijk "
            "gestopt is, telt hier mee."
        ),
        beeindigd=False,
    ),
)

CATEGORIEEN: Final = MappingProxyType({rij.categorie: rij for rij in _RIJEN})
BEEINDIGD: Final = tuple(rij.categorie for rij in _RIJEN if rij.beeindigd)
UITVAL: Final = tuple(rij.categorie for rij in _RIJEN if rij.uitval)

VOORRANG: Final = (
    _C.EENZIJDIG_AANBIEDER,
    _C.EENZIJDIG_CLIENT,
    _C.IN_OVEREENSTEMMING,
    _C.EXTERN,
    _C.VOLGENS_PLAN,
)
"""Which category counts when two deliveries of one client ended on the same day (R79)."""

ZONDER_VERVOLG: Final = _C.IN_OVEREENSTEMMING
"""Where a definitive stop counts whose code means "care goes on" (37) while nothing followed: 02, and the
client is marked to be looked at (iWmo change requests are agreed upon; inferred)."""

WIE_TELT: Final = (
    "Een cliënt telt mee als de hulp in natura feitelijk is gestart. Het gaat om het eerste gesprek waarin de "
    "hulp ook echt start, dus niet om een kennismaking gevolgd door een wachtlijst. Hulp op basis van een "
    "pgb telt niet mee. Een cliënt telt één keer per aanbieder en gemeente."
)
"""MH note 2 (R79-R81)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraak:
    """From `vanaf` on, until the day before `tot`, this 307 code counts in this category."""

    reden: RedenBeeindiging
    categorie: Categorie
    zekerheid: Zekerheid
    uitleg: str
    vanaf: date = date.min
    tot: date | None = None

    def geldt_op(self, dag: date) -> bool:
        return self.vanaf <= dag and (self.tot is None or dag < self.tot)


Afspraken = Mapping[RedenBeeindiging, Afspraak]


def _rij(code: str, categorie: Categorie, zekerheid: Zekerheid, uitleg: str) -> Afspraak:
    return Afspraak(reden=RedenBeeindiging(code), categorie=categorie, zekerheid=zekerheid, uitleg=uitleg)


_ZEKER, _AFGELEID = Zekerheid.ZEKER, Zekerheid.AFGELEID

STANDAARD: Final = (
    _rij("02", _C.EXTERN, _ZEKER, "Het format noemt overlijden bij externe omstandigheden."),
    _rij("19", _C.VOLGENS_PLAN, _ZEKER, "De omschrijvingen zijn gelijk."),
    _rij("20", _C.NOG_IN_ZORG, _AFGELEID, "Een tijdelijke stop is geen einde van de hulp."),
    _rij("21", _C.EENZIJDIG_CLIENT, _ZEKER, "De omschrijvingen zijn gelijk."),
    _rij("22", _C.EENZIJDIG_AANBIEDER, _ZEKER, "De omschrijvingen zijn gelijk."),
    _rij("23", _C.IN_OVEREENSTEMMING, _ZEKER, "De omschrijvingen zijn gelijk."),
    _rij("31", _C.EXTERN, _ZEKER, "Het format noemt verhuizing bij externe omstandigheden."),
    _rij(
        "36",
        _C.EXTERN,
        _AFGELEID,
        "De gemeente beëindigt; dat ligt buiten de cliënt en de aanbieder. Wordt apart getoond.",
    ),
    _rij(
        "37",
        _C.NOG_IN_ZORG,
        _AFGELEID,
        "De hulp gaat gewijzigd door. Volgt er niets, dan telt de cliënt als 02 en moet u dit nakijken.",
    ),
    _rij(
        "38",
        _C.EENZIJDIG_CLIENT,
        _AFGELEID,
        "Het CBS telt een overstap op eigen initiatief bij eenzijdig door de cliënt. Wordt apart getoond.",
    ),
    _rij(
        "39",
        _C.EXTERN,
        _AFGELEID,
        "De werkwijze H5 plaatst overgang naar de Wlz buiten ieders invloed. Wordt apart getoond.",
    ),
)
"""The rows we ship, one per code (feiten 4.4)."""


def geldig_op(rijen: Iterable[Afspraak], dag: date) -> Afspraken:
    """The one row per code that holds on `dag`; for a period, its last day holds for the whole of it (U19).

    Raises ValueError with a Dutch sentence when a code has no row, or two, on that day.
    """
    gevonden: dict[RedenBeeindiging, Afspraak] = {}
    for rij in rijen:
        if not rij.geldt_op(dag):
            continue
        if rij.reden in gevonden:
            raise ValueError(f"code {rij.reden} heeft op {dag:%d-%m-%Y} twee afspraken; verwacht er een")
        gevonden[rij.reden] = rij
    if mist := [code.value for code in RedenBeeindiging if code not in gevonden]:
        raise ValueError(
            f"geen afspraak op {dag:%d-%m-%Y} voor code {', '.join(mist)}; leg vast in welke categorie die telt"
        )
    return MappingProxyType(gevonden)

"""What H5 wishes and the standard does not ask: shown beside a message, never a reason to refuse it (OP047, OP095).

Pure: facts in, sentences out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.werkdagen import werkdagen_tussen

WERKDAGEN: Final = 5
"""OP271 and OP272: start and stop are reported within 5 working days."""
_LANGST_GETELD: Final = timedelta(days=366)

_R = RedenBeeindiging
VOORAF_301: Final = MappingProxyType(
    {
        _R.DOOR_GEMEENTE: frozenset({"03", "05", "08", "10", "11"}),
        _R.WIJZIGINGSVERZOEK: frozenset({"12"}),
    }
)
"""WMO588, column "initiatief aanbieder = nee": the RedenWijziging of the 301 that goes before this stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopfeiten:
    """What is known of one stop. `toewijzing_bekend` is False as long as it is not linked."""

    reden: RedenBeeindiging
    einddatum: date
    ontvangen_na_werkdagen: int | None = None
    toewijzing_bekend: bool = False
    toewijzing_einddatum: date | None = None
    toewijzing_reden_wijziging: str = ""


@dataclass(frozen=True, slots=True)
class Signaal:
    """`nummer` is stable: filters and tests use it."""

    nummer: str
    tekst: str
    bron: str


def signalen(feiten: Stopfeiten) -> tuple[Signaal, ...]:
    """Everything a person should look at, in fixed order; empty when there is nothing."""
    gevonden = (_niet_op_einddatum(feiten), _code_37(feiten), _zonder_301(feiten), _te_laat(feiten))
    return tuple(signaal for signaal in gevonden if signaal is not None)


def _niet_op_einddatum(feiten: Stopfeiten) -> Signaal | None:
    """§1A: code 19 belongs to the end date of the allocation."""
    if feiten.reden is not _R.VOLGENS_PLAN or not feiten.toewijzing_bekend:
        return None
    if feiten.toewijzing_einddatum == feiten.einddatum:
        return None
    eind = feiten.toewijzing_einddatum
    afspraak = f"op {eind:%d-%m-%Y}" if eind else "nog niet: zij heeft geen einddatum"
    return Signaal(
        "S19",
        f"Code 19 is bedoeld voor een stop op de einddatum van de toewijzing. De zorg stopt op "
        f"{feiten.einddatum:%d-%m-%Y}, de toewijzing eindigt {afspraak}.",
        "H5 §1A en bijlage 1",
    )


def _code_37(feiten: Stopfeiten) -> Signaal | None:
    """R29: accepted all the same, and shown."""
    if feiten.reden is not _R.WIJZIGINGSVERZOEK:
        return None
    tekst = "Code 37 wordt in H5 niet gebruikt. Vraag de aanbieder welke reden hij bedoelt."
    return Signaal("S37", tekst, "H5 bijlage 1")


def _zonder_301(feiten: Stopfeiten) -> Signaal | None:
    """36 and 37 are not for the provider to begin with: a 301 with the matching reason goes before."""
    verwacht = VOORAF_301.get(feiten.reden)
    if verwacht is None or feiten.toewijzing_reden_wijziging in verwacht:
        return None
    return Signaal(
        "S301",
        f"Code {feiten.reden} volgt op een gewijzigde toewijzing (301) van de gemeente met reden "
        f"{' of '.join(sorted(verwacht))}. Die is niet gevonden.",
        "WMO588, kolom initiatief aanbieder",
    )


def _te_laat(feiten: Stopfeiten) -> Signaal | None:
    """R73: flagged, not refused."""
    dagen = feiten.ontvangen_na_werkdagen
    if dagen is None or dagen <= WERKDAGEN:
        return None
    tekst = f"De stop is {dagen} werkdagen na de einddatum ontvangen. De afspraak is binnen {WERKDAGEN}."
    return Signaal("LAAT", tekst, "OP272")


@lru_cache(4096)
def werkdagen_na(dag: date, ontvangen: date) -> int:
    """Working days between a day and the receipt. Counting stops after a year: later than late is late, and the
    calendar of a date in the year 900 is nobody's business."""
    return werkdagen_tussen(max(dag, ontvangen - _LANGST_GETELD), ontvangen)

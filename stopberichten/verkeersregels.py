"""The rules of levels 3 and 4 for 301, 305 and 307, one row each (iWmo 3.2; texts in the standard).

A row holds its retour code, what it is asked of, and when it fails. The order is that of the numbers; a class
that breaks several rules gets several codes. Nothing is refused here that the standard does not refuse
(OP047, OP095): H5's own wishes are signals elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from stopberichten.enums import StatusAanlevering
from stopberichten.leveringen import Historie, Product, Startsleutel, Stopsleutel


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop:
    """Header facts of a message."""

    dagtekening: date
    gemeentecode: str
    identificatie_bekend: bool = False
    """An accepted message of this berichtsoort and sender already has this Identificatie (TR056)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omgeving:
    """What the rules look up outside the message."""

    vandaag: date
    gemeentecodes: Collection[str]
    """The CBS list, older codes included that stay allowed after a herindeling (TR378)."""
    productlijst: Mapping[str, str] | None = None
    """ProductCode -> ProductCategorie of the list in use; None: no list is kept, TR381 is not asked."""
    nummer_verplicht: bool = False
    """The municipality works outputgericht or inspanningsgericht only, so a number must be there (TR019)."""


@dataclass(frozen=True, slots=True)
class Start:
    """A StartProduct of a 305."""

    sleutel: Startsleutel
    status: StatusAanlevering = StatusAanlevering.EERSTE

    @property
    def product(self) -> Product | None:
        return self.sleutel.product


@dataclass(frozen=True, slots=True)
class Stop:
    """A StopProduct of a 307."""

    sleutel: Stopsleutel
    status: StatusAanlevering = StatusAanlevering.EERSTE

    @property
    def product(self) -> Product | None:
        return self.sleutel.start.product


@dataclass(frozen=True, slots=True)
class Toegewezen:
    """A ToegewezenProduct of a 301."""

    toewijzingnummer: int
    product: Product | None = None
    reden_wijziging: str | None = None
    referentie_aanbieder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gemeentefeiten:
    """What the 301 rules look up. The last two are None while the portal keeps no such messages."""

    nummers_van_anderen: Collection[int] = ()
    """Numbers that this municipality gave to another client or provider (TR332)."""
    verzoeken: Collection[str] | None = None
    """ReferentieAanbieder of the 315 and 317 messages of this provider (TR379)."""
    gedeclareerd: Collection[int] | None = None
    """Numbers with approved, not credited prestaties (TR385)."""


Item_contra = TypeVar("Item_contra", contravariant=True)
Feiten_contra = TypeVar("Feiten_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Regel(Generic[Item_contra, Feiten_contra]):
    """One rule: `breekt(item, feiten, omgeving)` is true when the item breaks it."""

    nummer: str
    retourcode: str
    breekt: Callable[[Item_contra, Feiten_contra, Omgeving], bool]
    tekst: str
    """What was found and what was expected, in plain Dutch."""


VERWIJDERD: Final = "13"
"""RedenWijziging of a toewijzing that is taken back (WMO002)."""


def _zonder_toewijzing(start: Startsleutel, feiten: Historie, omgeving: Omgeving) -> bool:
    if start.toewijzingnummer is None:
        return omgeving.nummer_verplicht
    return start.toewijzingnummer not in feiten.toewijzingen


def _code_past_niet(product: Product | None, omgeving: Omgeving) -> bool:
    if omgeving.productlijst is None or product is None or product.code is None:
        return False
    return omgeving.productlijst.get(product.code) != product.categorie


def _loopt_al(item: Start, feiten: Historie, omgeving: Omgeving) -> bool:
    return any(feiten.is_actueel(start) for start in feiten.starts_van_product(item.sleutel))


def _zelfde_start(item: Stop, feiten: Historie) -> tuple[Stopsleutel, ...]:
    """The stops with the same Bsn, ToewijzingNummer and Begindatum, as TR413-TR415 say; without a number,
    those with the same product and Begindatum (IV096)."""
    eigen = item.sleutel.start
    if eigen.toewijzingnummer is None:
        return feiten.stops_van(eigen)
    return tuple(
        stop
        for stop in feiten.stops
        if (stop.start.toewijzingnummer, stop.start.begindatum) == (eigen.toewijzingnummer, eigen.begindatum)
    )


def _te_vroeg(item: Stop, feiten: Historie, omgeving: Omgeving) -> bool:
    eerder = [stop.einddatum for stop in _zelfde_start(item, feiten)]
    return bool(eerder) and item.sleutel.einddatum < max(eerder)


KOPREGELS: Final[tuple[Regel[Kop, None], ...]] = (
    Regel(
        "TR056",
        "9056",
        lambda kop, _, __: kop.identificatie_bekend,
        "Deze afzender gebruikte de identificatie al in een eerder bericht van deze soort. "
        "Verwacht: een nieuwe identificatie.",
    ),
    Regel(
        "TR135",
        "8848",
        lambda kop, _, omgeving: kop.dagtekening > omgeving.vandaag,
        "De dagtekening ligt in de toekomst. Verwacht: vandaag of eerder.",
    ),
    Regel(
        "TR378",
        "S300",
        lambda kop, _, omgeving: kop.gemeentecode not in omgeving.gemeentecodes,
        "De gemeentecode staat niet in de lijst van het CBS. Verwacht: een bestaande code van vier cijfers.",
    ),
)

STARTREGELS: Final[tuple[Regel[Start, Historie], ...]] = (
    Regel(
        "TR019",
        "9019",
        lambda start, feiten, omgeving: _zonder_toewijzing(start.sleutel, feiten, omgeving),
        "Er is geen toewijzing met dit nummer voor deze cliënt en aanbieder. "
        "Stuur het bericht opnieuw als de toewijzing (301) er is.",
    ),
    Regel(
        "TR074",
        "9074",
        lambda start, feiten, _: start.sleutel in feiten.starts,
        "Deze start is al eerder ontvangen. Stuur haar niet nog een keer.",
    ),
    Regel(
        "TR326",
        "9326",
        _loopt_al,
        "De zorg op deze toewijzing loopt al. Stuur eerst een stopbericht voor de lopende levering. "
        "Hoort deze start bij een eerdere levering, stuur hem dan daarna opnieuw.",
    ),
    Regel(
        "TR381",
        "S329",
        lambda start, _, omgeving: _code_past_niet(start.product, omgeving),
        "De productcode hoort niet bij de productcategorie in de gebruikte productcodelijst.",
    ),
)

STARTREGELS_WEG: Final[tuple[Regel[Start, Historie], ...]] = (
    Regel(
        "TR063",
        "9063",
        lambda start, feiten, _: start.sleutel not in feiten.starts,
        "Er is geen start met deze gegevens om te verwijderen.",
    ),
    Regel(
        "TR071",
        "9071",
        lambda start, feiten, _: bool(feiten.stops_van(start.sleutel)),
        "De start kan niet weg: er is al een stopbericht voor deze levering. Verwijder eerst de stop.",
    ),
)

STOPREGELS: Final[tuple[Regel[Stop, Historie], ...]] = (
    Regel(
        "TR019",
        "9019",
        lambda stop, feiten, omgeving: _zonder_toewijzing(stop.sleutel.start, feiten, omgeving),
        "Er is geen toewijzing met dit nummer voor deze cliënt en aanbieder. "
        "Stuur het bericht opnieuw als de toewijzing (301) er is.",
    ),
    Regel(
        "TR074",
        "9074",
        lambda stop, feiten, _: stop.sleutel in feiten.stops,
        "Deze stop is al eerder ontvangen. Stuur haar niet nog een keer.",
    ),
    Regel(
        "TR381",
        "S329",
        lambda stop, _, omgeving: _code_past_niet(stop.product, omgeving),
        "De productcode hoort niet bij de productcategorie in de gebruikte productcodelijst.",
    ),
    Regel(
        "TR382",
        "9069",
        lambda stop, feiten, _: not feiten.is_te_stoppen(stop.sleutel.start),
        "Er is geen actueel startbericht met hetzelfde toewijzingnummer, product en dezelfde begindatum. "
        "Neem die over uit de laatste start, of stuur eerst het startbericht (305).",
    ),
    Regel(
        "TR413",
        "9413",
        lambda stop, feiten, _: (
            stop.sleutel.tijdelijk and any(eerder.tijdelijk for eerder in _zelfde_start(stop, feiten))
        ),
        "De levering is al tijdelijk gestopt (code 20). Verwacht: een andere code, of een nieuwe start.",
    ),
    Regel(
        "TR414",
        "9414",
        _te_vroeg,
        "De einddatum ligt voor die van de eerdere stop. Verwacht: dezelfde dag of later.",
    ),
    Regel(
        "TR415",
        "9415",
        lambda stop, feiten, _: any(not eerder.tijdelijk for eerder in _zelfde_start(stop, feiten)),
        "De levering is al definitief gestopt. Verwijder eerst die stop als hij niet klopt, of als deze stop "
        "eraan voorafging en toch geteld moet worden.",
    ),
)

STOPREGELS_WEG: Final[tuple[Regel[Stop, Historie], ...]] = (
    Regel(
        "TR063",
        "9063",
        lambda stop, feiten, _: stop.sleutel not in feiten.stops,
        "Er is geen stop met deze gegevens om te verwijderen.",
    ),
)

TOEWIJZINGREGELS: Final[tuple[Regel[Toegewezen, Gemeentefeiten], ...]] = (
    Regel(
        "TR332",
        "9332",
        lambda item, feiten, _: item.toewijzingnummer in feiten.nummers_van_anderen,
        "Dit toewijzingnummer is in deze gemeente al gebruikt voor een andere cliënt of aanbieder.",
    ),
    Regel(
        "TR379",
        "9379",
        lambda item, feiten, _: (
            feiten.verzoeken is not None
            and item.referentie_aanbieder is not None
            and item.referentie_aanbieder not in feiten.verzoeken
        ),
        "De referentie van de aanbieder hoort niet bij een verzoek om toewijzing of wijziging. "
        "Verwacht: leeg.",
    ),
    Regel(
        "TR381",
        "S329",
        lambda item, _, omgeving: _code_past_niet(item.product, omgeving),
        "De productcode hoort niet bij de productcategorie in de gebruikte productcodelijst.",
    ),
    Regel(
        "TR385",
        "9385",
        lambda item, feiten, _: (
            item.reden_wijziging == VERWIJDERD
            and feiten.gedeclareerd is not None
            and item.toewijzingnummer in feiten.gedeclareerd
        ),
        "De toewijzing kan niet verwijderd worden: er zijn goedgekeurde declaraties op.",
    ),
)

"""What the rules of levels 3 and 4 need to know, read in a fixed number of queries whatever the message holds.

Runs in the scope of the system: a verdict may not depend on who carries the letter to us. That somebody may
hand it in was settled before (`berichten_in.bezwaar`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from beschikkingen.models import Toewijzing
from iwmo import Bericht as Iwmo
from iwmo.model import Berichtproduct, StartProduct, StopProduct
from iwmo.model import Product as IwmoProduct
from organisaties.models import Aanbieder, Gemeente, Productafspraak, loopt_op
from stopberichten.enums import RedenBeeindiging, StatusAanlevering
from stopberichten.gemeentecodes import cbs
from stopberichten.leveringen import Historie, Product, Startsleutel, Stopsleutel
from stopberichten.models import Levering, Stop
from stopberichten.verkeersregels import Gemeentefeiten, Omgeving, Toegewezen
from stopberichten.verkeersregels import Start as StartFeit
from stopberichten.verkeersregels import Stop as StopFeit

Startrij = tuple[int, int | None, str, str, date]
Stoprij = tuple[int, int | None, str, str, date, str, date]
SLEUTELVELDEN = ("id", "toewijzingnummer", "productcategorie", "productcode", "begindatum")


class Toegewezene(Protocol):
    """All that a start or stop asks of its allocation."""

    @property
    def pk(self) -> Any: ...
    @property
    def client_id(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Stand:
    """The history of one client at one provider, and the rows it stands in."""

    historie: Historie
    toewijzingen: Mapping[int, Toegewezene]
    leveringen: Mapping[Startsleutel, int]
    stops: Mapping[Stopsleutel, int]

    def na(
        self, historie: Historie, producten: Sequence[Berichtproduct], nummers: Mapping[int, int]
    ) -> Stand:
        """The stand after a message that only added lines: `nummers` has the row of each place in the message."""
        leveringen, stops = dict(self.leveringen), dict(self.stops)
        for plaats, pk in nummers.items():
            product = producten[plaats - 1]
            if isinstance(product, StartProduct):
                leveringen[startsleutel(product)] = pk
            elif isinstance(product, StopProduct):
                stops[stopsleutel(product)] = pk
        return Stand(historie, self.toewijzingen, leveringen, stops)


def product_van(product: IwmoProduct | None) -> Product | None:
    return None if product is None else Product(product.categorie, product.code)


def startsleutel(product: StartProduct | StopProduct) -> Startsleutel:
    return Startsleutel(product.toewijzingnummer, product_van(product.product), product.begindatum)


def stopsleutel(product: StopProduct) -> Stopsleutel:
    return Stopsleutel(startsleutel(product), RedenBeeindiging(product.reden_beeindiging), product.einddatum)


def start_feit(product: StartProduct) -> StartFeit:
    return StartFeit(startsleutel(product), StatusAanlevering(product.status_aanlevering))


def stop_feit(product: StopProduct) -> StopFeit:
    return StopFeit(stopsleutel(product), StatusAanlevering(product.status_aanlevering))


def sleutel_van(product: Berichtproduct) -> object:
    """The logical key of a start or stop, of either kind."""
    if isinstance(product, StopProduct):
        return stopsleutel(product)
    return startsleutel(product) if isinstance(product, StartProduct) else product.sleutel


def startsleutel_rij(nummer: int | None, categorie: str, code: str, begin: date) -> Startsleutel:
    return Startsleutel(nummer, Product(categorie, code or None) if categorie else None, begin)


Plek = tuple[int, int, bytes]
"""Municipality, provider, and the index of the BSN: whose history it is."""


def maak_stand(
    toewijzingen: Mapping[int, Toegewezene], starts: Iterable[Startrij], stops: Iterable[Stoprij]
) -> Stand:
    """From rows with the columns of `SLEUTELVELDEN`, for stops followed by reason and end; starts in their order."""
    leveringen = {startsleutel_rij(nummer, cat, code, op): pk for pk, nummer, cat, code, op in starts}
    gestopt = {
        Stopsleutel(startsleutel_rij(nummer, cat, code, op), RedenBeeindiging(reden), eind): pk
        for pk, nummer, cat, code, op, reden, eind in stops
    }
    historie = Historie(frozenset(toewijzingen), tuple(leveringen), tuple(gestopt))
    return Stand(historie, toewijzingen, leveringen, gestopt)


def laad_stand(gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes) -> Stand:
    """Everything accepted and not withdrawn at this place. Three queries."""
    hier: dict[str, Any] = {"gemeente": gemeente, "aanbieder": aanbieder}
    toewijzingen = Toewijzing.objects.filter(**hier, client__bsn_index=bsn_index).select_related("client")
    starts = Levering.objects.geldig().filter(**hier, bsn_index=bsn_index).order_by("id")
    stops = Stop.objects.geldig().filter(**hier, bsn_index=bsn_index)
    return maak_stand(
        {toewijzing.toewijzingnummer: toewijzing for toewijzing in toewijzingen},
        starts.values_list(*SLEUTELVELDEN),
        stops.values_list(*SLEUTELVELDEN, "reden", "einddatum"),
    )


def laad_omgeving(gemeentecode: str, gemeente: Gemeente | None, vandaag: date, dag: date) -> Omgeving:
    """Codes and, where the municipality keeps a product list, that list as it holds on `dag`. A query at most."""
    codes: Collection[str] = cbs()
    if gemeente is not None and gemeentecode not in codes:
        codes = {*codes, gemeentecode}
    lijst = None
    if gemeente is not None and gemeente.productlijst_geldt and gemeente.regio_id:
        afspraken = Productafspraak.objects.filter(loopt_op(dag), regio_id=gemeente.regio_id)
        lijst = dict(afspraken.values_list("productcode", "productcategorie"))
    verplicht = gemeente is not None and gemeente.nummer_verplicht
    return Omgeving(vandaag=vandaag, gemeentecodes=codes, productlijst=lijst, nummer_verplicht=verplicht)


def laad_gemeentefeiten(
    gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes, nummers: list[int]
) -> Gemeentefeiten:
    """Which of these numbers the municipality already gave to somebody else (TR332)."""
    bezet = (
        Toewijzing.objects.filter(gemeente=gemeente, toewijzingnummer__in=nummers)
        .exclude(aanbieder=aanbieder, client__bsn_index=bsn_index)
        .values_list("toewijzingnummer", flat=True)
    )
    return Gemeentefeiten(nummers_van_anderen=frozenset(bezet))


@dataclass(frozen=True, slots=True)
class Bron:
    """Where a verdict gets its facts: here and now from the database, or from what was read for many at once."""

    omgeving: Callable[[str, Gemeente | None, date, date], Omgeving] = laad_omgeving
    stand: Callable[[Gemeente, Aanbieder, bytes], Stand] = laad_stand


UIT_DATABASE = Bron()


def toegewezen_feiten(bericht: Iwmo) -> list[Toegewezen]:
    """The products of a 301 as facts."""
    producten = bericht.client.producten if bericht.client else ()
    return [
        Toegewezen(p.toewijzingnummer, product_van(p.product), p.reden_wijziging, p.referentie_aanbieder)
        for p in producten
        if not isinstance(p, StartProduct | StopProduct)
    ]

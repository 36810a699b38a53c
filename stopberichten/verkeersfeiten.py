"""What the rules of levels 3 and 4 need to know, read in a fixed number of queries whatever the message holds.

Runs in the scope of the system: a verdict may not depend on who carries the letter to us. That somebody may
hand it in was settled before (`berichten_in.bezwaar`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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

SLEUTELVELDEN = ("id", "toewijzingnummer", "productcategorie", "productcode", "begindatum")


@dataclass(frozen=True, slots=True)
class Stand:
    """The history of one client at one provider, and the rows it stands in."""

    historie: Historie
    toewijzingen: Mapping[int, Toewijzing]
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


def _startsleutel_rij(nummer: int | None, categorie: str, code: str, begin: date) -> Startsleutel:
    return Startsleutel(nummer, Product(categorie, code or None) if categorie else None, begin)


Plek = tuple[int, int, bytes]
"""Municipality, provider, and the index of the BSN: whose history it is."""


@dataclass(slots=True)
class _Rijen:
    """The rows of one place, while they come in."""

    toewijzingen: dict[int, Toewijzing] = field(default_factory=dict)
    leveringen: dict[Startsleutel, int] = field(default_factory=dict)
    stops: dict[Stopsleutel, int] = field(default_factory=dict)

    def stand(self) -> Stand:
        historie = Historie(frozenset(self.toewijzingen), tuple(self.leveringen), tuple(self.stops))
        return Stand(historie, self.toewijzingen, self.leveringen, self.stops)


NAAR_TOEWIJZING = ("toewijzingnummer", "gemeente_id", "aanbieder_id", "client__bsn_index")
"""All that a start or stop asks of its allocation."""


def laad_standen(plekken: Collection[Plek], *, volledig: bool = False) -> dict[Plek, Stand]:
    """Everything accepted and not withdrawn at these places. Three queries, however many places. `volledig`: the
    allocations whole, for who will change them."""
    rijen = {plek: _Rijen() for plek in plekken}
    gemeenten, aanbieders, indexen = (set(kolom) for kolom in zip(*plekken, strict=True))
    eigen: dict[str, Any] = {"gemeente_id__in": gemeenten, "aanbieder_id__in": aanbieders}
    van = ("gemeente_id", "aanbieder_id", "bsn_index")
    # What these three sets hold beside the places asked for is left out below.
    toewijzingen = Toewijzing.objects.filter(**eigen, client__bsn_index__in=indexen)
    toewijzingen = toewijzingen.select_related("client")
    for toewijzing in toewijzingen if volledig else toewijzingen.only(*NAAR_TOEWIJZING):
        index = bytes(toewijzing.client.bsn_index)
        if (plek := (toewijzing.gemeente_id, toewijzing.aanbieder_id, index)) in rijen:
            rijen[plek].toewijzingen[toewijzing.toewijzingnummer] = toewijzing
    starts = Levering.objects.geldig().filter(**eigen, bsn_index__in=indexen).order_by("id")
    for g, a, b, pk, *rij in starts.values_list(*van, *SLEUTELVELDEN):
        if (plek := (g, a, bytes(b))) in rijen:
            rijen[plek].leveringen[_startsleutel_rij(*rij)] = pk
    stops = Stop.objects.geldig().filter(**eigen, bsn_index__in=indexen)
    for g, a, b, pk, *rij, reden, eind in stops.values_list(*van, *SLEUTELVELDEN, "reden", "einddatum"):
        if (plek := (g, a, bytes(b))) in rijen:
            sleutel = Stopsleutel(_startsleutel_rij(*rij), RedenBeeindiging(reden), eind)
            rijen[plek].stops[sleutel] = pk
    return {plek: rij.stand() for plek, rij in rijen.items()}


def laad_stand(gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes) -> Stand:
    """The same for one place."""
    plek = (gemeente.pk, aanbieder.pk, bsn_index)
    return laad_standen([plek], volledig=True)[plek]


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

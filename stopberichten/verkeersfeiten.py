"""What the rules of levels 3 and 4 need to know, read in a fixed number of queries whatever the message holds.

Runs in the scope of the system: a verdict may not depend on who carries the letter to us. That somebody may
hand it in was settled before (`berichten_in.bezwaar`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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


def laad_stand(gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes) -> Stand:
    """Everything accepted and not withdrawn for this client at this provider. Three queries."""
    eigen = {"gemeente": gemeente, "aanbieder": aanbieder}
    toewijzingen = Toewijzing.objects.filter(**eigen, client__bsn_index=bsn_index)
    per_nummer = {toewijzing.toewijzingnummer: toewijzing for toewijzing in toewijzingen}
    leveringen = {
        _startsleutel_rij(*rij): pk
        for pk, *rij in Levering.objects.geldig()
        .filter(**eigen, bsn_index=bsn_index)
        .order_by("id")
        .values_list(*SLEUTELVELDEN)
    }
    stops = {
        Stopsleutel(_startsleutel_rij(*rij), RedenBeeindiging(reden), einddatum): pk
        for pk, *rij, reden, einddatum in Stop.objects.geldig()
        .filter(**eigen, bsn_index=bsn_index)
        .values_list(*SLEUTELVELDEN, "reden", "einddatum")
    }
    historie = Historie(frozenset(per_nummer), tuple(leveringen), tuple(stops))
    return Stand(historie, per_nummer, leveringen, stops)


def laad_omgeving(gemeentecode: str, gemeente: Gemeente | None, vandaag: date, dag: date) -> Omgeving:
    """Codes and, where the municipality keeps a product list, that list as it holds on `dag`. A query at most."""
    codes = cbs().keys() | ({gemeentecode} if gemeente else set())
    lijst = None
    if gemeente is not None and gemeente.productlijst_geldt and gemeente.regio_id:
        afspraken = Productafspraak.objects.filter(loopt_op(dag), regio_id=gemeente.regio_id)
        lijst = dict(afspraken.values_list("productcode", "productcategorie"))
    return Omgeving(vandaag=vandaag, gemeentecodes=codes, productlijst=lijst)


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


def toegewezen_feiten(bericht: Iwmo) -> list[Toegewezen]:
    """The products of a 301 as facts."""
    producten = bericht.client.producten if bericht.client else ()
    return [
        Toegewezen(p.toewijzingnummer, product_van(p.product), p.reden_wijziging, p.referentie_aanbieder)
        for p in producten
        if not isinstance(p, StartProduct | StopProduct)
    ]

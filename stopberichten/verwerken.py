"""What an accepted 305 or 307 changes: lines withdrawn first (status 3), lines added after (status 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beschikkingen.models import Client
from iwmo.model import Berichtproduct, StartProduct, StopProduct
from iwmo.model import Client as IwmoClient
from organisaties.models import Gemeente
from stopberichten.enums import StatusAanlevering
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.signalen import werkdagen_na
from stopberichten.verkeersfeiten import Stand, startsleutel, stopsleutel
from wmo_portal.lib.tijd import dag_van

Regel = StartProduct | StopProduct
Velden = dict[str, Any]
"""Names of columns and values of a row to be."""


def client_id(gemeente: Gemeente | None, bsn_index: bytes) -> int | None:
    """The client of this municipality with this BSN, when we know him."""
    if gemeente is None:
        return None
    return Client.objects.filter(gemeente=gemeente, bsn_index=bsn_index).values_list("pk", flat=True).first()


def verwerk(*, bericht: Bericht, client: IwmoClient, stand: Stand) -> dict[str, int]:
    """Costs at most three statements. Returns counts for the log."""
    weg = [p for p in client.producten if isinstance(p, StartProduct | StopProduct) and verwijdert(p)]
    ingetrokken = _trek_in(bericht, weg, stand)
    starts, stops = regelvelden(bericht=bericht, client=client, stand=stand)
    Levering.objects.bulk_create([Levering(**velden) for velden in starts])
    Stop.objects.bulk_create([Stop(**velden) for velden in stops])
    return {"toegevoegd": len(starts) + len(stops), "ingetrokken": ingetrokken}


def verwijdert(product: Berichtproduct) -> bool:
    """Does this line take back an earlier one (status 3)?"""
    return (
        isinstance(product, StartProduct | StopProduct)
        and product.status_aanlevering == StatusAanlevering.VERWIJDEREN
    )


def regelvelden(*, bericht: Bericht, client: IwmoClient, stand: Stand) -> tuple[list[Velden], list[Velden]]:
    """The columns of the starts and of the stops that this message adds. Costs no query."""
    erbij = [(n, p) for n, p in enumerate(client.producten, 1) if not verwijdert(p)]
    starts = [_levering(bericht, n, p, stand) for n, p in erbij if isinstance(p, StartProduct)]
    stops = [_stop(bericht, n, p, stand) for n, p in erbij if isinstance(p, StopProduct)]
    return starts, stops


def _trek_in(bericht: Bericht, weg: Sequence[Regel], stand: Stand) -> int:
    """Withdrawn, never deleted. A stop that a round settled already stays settled in history: whoever looks sees
    both, nothing is undone in silence (R69)."""
    starts = [stand.leveringen[startsleutel(p)] for p in weg if isinstance(p, StartProduct)]
    stops = [stand.stops[stopsleutel(p)] for p in weg if isinstance(p, StopProduct)]
    velden = {"ingetrokken_op": bericht.ontvangen_op, "ingetrokken_in": bericht}
    if starts:
        Levering.objects.filter(pk__in=starts).update(**velden)
    if stops:
        Stop.objects.filter(pk__in=stops).update(**velden)
    return len(starts) + len(stops)


def _gedeeld(bericht: Bericht, nummer: int, product: Regel, stand: Stand) -> Velden:
    """The columns that start and stop share."""
    toewijzing = stand.toewijzingen.get(product.toewijzingnummer or -1)
    return {
        "gemeente_id": bericht.gemeente_id,
        "aanbieder_id": bericht.aanbieder_id,
        "bericht_id": bericht.pk,
        "volgnummer": nummer,
        "client_id": toewijzing.client_id if toewijzing else bericht.client_id,
        "toewijzing_id": toewijzing.pk if toewijzing else None,
        "bsn_index": bericht.bsn_index,
        "toewijzingnummer": product.toewijzingnummer,
        "productcategorie": product.product.categorie if product.product else "",
        "productcode": (product.product.code or "") if product.product else "",
        "toewijzing_ingangsdatum": product.toewijzing_ingangsdatum,
        "begindatum": product.begindatum,
        "ontvangen_op": bericht.ontvangen_op,
    }


def _levering(bericht: Bericht, nummer: int, product: StartProduct, stand: Stand) -> Velden:
    return _gedeeld(bericht, nummer, product, stand)


def _stop(bericht: Bericht, nummer: int, product: StopProduct, stand: Stand) -> Velden:
    return {
        **_gedeeld(bericht, nummer, product, stand),
        "levering_id": stand.leveringen.get(startsleutel(product)),
        "reden": product.reden_beeindiging,
        "einddatum": product.einddatum,
        "ontvangen_na_werkdagen": _werkdagen(bericht, product, stand),
    }


def _werkdagen(bericht: Bericht, product: StopProduct, stand: Stand) -> int | None:
    """A definitive stop after a temporary one counts from the day it became known (OP272): not to be measured."""
    if any(eerder.tijdelijk for eerder in stand.historie.stops_van(startsleutel(product))):
        return None
    return werkdagen_na(product.einddatum, dag_van(bericht.ontvangen_op))

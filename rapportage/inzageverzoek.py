"""Everything the portal holds about one person in one municipality, for whoever asks (AVG art. 15; veiligheid D12).

Found by the shape of the database and not by a list: every table with a way to `Client` is in it, former versions and
the log included, so a table that is added tomorrow is not forgotten.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction

from beschikkingen.kluis import bos, bsn_van
from beschikkingen.models import Client
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker, Gemeente
from stopberichten.berichtinhoud import gelezen
from stopberichten.models import Bericht, Levering, Stop

DOEL: Final = "inzageverzoek (AVG artikel 15)"
EIGEN: Final = ("beschikkingen", "stopberichten", "resultaat", "rapportage")
DIEPTE: Final = 4
_NIET: Final = frozenset(
    {"id", "pgh_id", "pgh_obj_id", "pgh_context_id", "zoeknaam", "bsn_index", "client_index"}
)


class NietGevonden(Exception):
    """The message is the sentence for whoever runs the command."""


@cache
def paden() -> dict[type[models.Model], str]:
    """Each table that leads to a person, with the shortest way: `Gesprek` -> `beschikking__client`."""
    return {
        model: pad
        for app in EIGEN
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model is not Client and (pad := _pad(model))
    }


def _pad(model: type[models.Model]) -> str:
    wachtrij: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    while wachtrij:
        hier, weg = wachtrij.popleft()
        for veld in hier._meta.concrete_fields:
            daar = veld.related_model
            if daar is Client:
                return "__".join((*weg, veld.name))
            if (
                isinstance(daar, type)
                and daar._meta.app_label in EIGEN
                and len(weg) < DIEPTE
                and daar is not hier
            ):
                wachtrij.append((daar, (*weg, veld.name)))
    return ""


@transaction.atomic
def maak_overzicht(
    *, bsn: str, gemeente: Gemeente, op: datetime, met_namen: bool, door: Gebruiker | None
) -> dict[str, Any]:
    """Read all of it and leave one line in the log. Raises NietGevonden."""
    index = bos().index(bsn)
    client = Client.objects.filter(gemeente=gemeente, bsn_index=index).first()
    berichten = _berichten(gemeente, index)
    log = list(_log(gemeente, index, met_namen=met_namen))
    if client is None and not berichten and not log:
        raise NietGevonden(f"In {gemeente} is over dit BSN niets bekend.")
    overzicht = {
        "gemaakt op": op.isoformat(),
        "gemeente": str(gemeente),
        "cliënt": {**_rij(client), "bsn": bsn_van(client)} if client else None,
        "gegevens": dict(_gegevens(client)) if client else {},
        "berichten": berichten,
        "logboek": log,
    }
    leg_vast(
        actie="inzageverzoek.gemaakt",
        door=door,
        object_soort="client",
        object_kenmerk=client.kenmerk if client else "",
        gemeente_id=gemeente.pk,
        client_index=index,
        doel=DOEL,
        details={"regels": len(log), "berichten": len(berichten)},
    )
    return overzicht


def _gegevens(client: Client) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for model, pad in paden().items():
        if model is Bericht:
            continue
        rijen = model._default_manager.filter(**{pad: client}).order_by("pk")
        if gevonden := [_rij(rij) for rij in rijen]:
            yield model._meta.label, gevonden


def _berichten(gemeente: Gemeente, index: bytes) -> list[dict[str, Any]]:
    """Messages about the person, those that found no client too, with what they said."""
    via = [
        m.objects.filter(gemeente=gemeente, bsn_index=index).values("bericht_id") for m in (Levering, Stop)
    ]
    vraag = models.Q(bsn_index=index) | models.Q(pk__in=via[0]) | models.Q(pk__in=via[1])
    rijen = Bericht.objects.filter(vraag, gemeente=gemeente).order_by("pk")
    return [{**_rij(bericht), "inhoud": _inhoud(bericht)} for bericht in rijen]


def _inhoud(bericht: Bericht) -> str:
    inhoud = gelezen(bericht) if bericht.inhoud else None
    return repr(inhoud.client) if inhoud else "niet te lezen"


def _log(gemeente: Gemeente, index: bytes, *, met_namen: bool) -> Iterator[dict[str, Any]]:
    """Who did or saw what, when and what for. Names of staff only when the one who answers decided so."""
    for regel in Gebeurtenis.objects.filter(gemeente_id=gemeente.pk, client_index=index).order_by("pk"):
        uit = {"op": regel.op.isoformat(), "wat": regel.actie, "als": regel.rol, "waarvoor": regel.doel}
        yield {**uit, "wie": regel.actor_naam} if met_namen else uit


def _rij(rij: models.Model) -> dict[str, Any]:
    """Every column in words. What is encrypted is shown elsewhere or, for a file, handed out by the portal."""
    return {
        veld.name: _waarde(rij, veld)
        for veld in rij._meta.concrete_fields
        if veld.attname not in _NIET and not isinstance(veld, models.BinaryField)
    }


def _waarde(rij: models.Model, veld: models.Field[Any, Any]) -> Any:
    waarde = getattr(rij, veld.attname)
    if veld.is_relation and waarde is not None:
        ander = getattr(rij, veld.name)
        return "een medewerker" if isinstance(ander, Gebruiker) else str(ander)
    return waarde if isinstance(waarde, str | int | bool | list | dict | None) else str(waarde)

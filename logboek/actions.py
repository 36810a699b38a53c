"""The one way to write a line in the log: one by one, or one for every row that a statement gives."""

import json
import uuid
from typing import Any, Final, Protocol

from django.utils import timezone

from logboek.models import Gebeurtenis
from wmo_portal.lib.operatie import operatie


class Actor(Protocol):
    """Whoever acts: `organisaties.Gebruiker`, which this app may not know."""

    pk: Any
    rol: Any

    def get_full_name(self) -> str: ...


def leg_vast(
    *,
    actie: str,
    door: Actor | None,
    object_soort: str = "",
    object_kenmerk: object = "",
    gemeente_id: int | None = None,
    aanbieder_id: int | None = None,
    client_index: bytes | None = None,
    doel: str = "",
    resultaat: str = Gebeurtenis.Resultaat.GELUKT,
    details: dict[str, Any] | None = None,
) -> None:
    """Write one line, in the transaction of the deed itself.

    `details` holds names of fields and counts, never a BSN or free text about a client.
    """
    Gebeurtenis.objects.bulk_create(
        [
            maak_regel(
                actie=actie,
                door=door,
                object_soort=object_soort,
                object_kenmerk=object_kenmerk,
                gemeente_id=gemeente_id,
                aanbieder_id=aanbieder_id,
                client_index=client_index,
                doel=doel,
                resultaat=resultaat,
                details=details,
            )
        ]
    )


def maak_regel(*, actie: str, door: Actor | None, object_kenmerk: object = "", **velden: Any) -> Gebeurtenis:
    """An unsaved line, for writing many at once."""
    return Gebeurtenis(**regelvelden(actie=actie, door=door, object_kenmerk=object_kenmerk, **velden))


def regelvelden(
    *, actie: str, door: Actor | None, object_kenmerk: object = "", **velden: Any
) -> dict[str, Any]:
    """The columns of a line, for who writes thousands and needs no object of each."""
    details = velden.pop("details", None)
    return {
        "op": timezone.now(),
        "actie": actie,
        "object_kenmerk": str(object_kenmerk),
        "actor_id": door.pk if door else None,
        "actor_naam": door.get_full_name() if door else "portaal",
        "rol": str(door.rol) if door else "systeem",
        "operatie_id": operatie.get() or uuid.uuid4(),
        "details": details or {},
        **velden,
    }


_ALLEN_GELIJK: Final = {
    "op": "timestamptz",
    "actie": "text",
    "object_soort": "text",
    "resultaat": "text",
    "actor_id": "bigint",
    "actor_naam": "text",
    "rol": "text",
    "doel": "text",
    "gemeente_id": "bigint",
    "operatie_id": "uuid",
    "details": "jsonb",
}
"""The columns that are the same for all lines of one statement, with their type."""


def regels_uit(bron: str, *ook: str) -> str:
    """The SQL that writes a line per row of `bron` (object_kenmerk, aanbieder_id, client_index, and what `ook` names).

    For many lines in one statement: a statement by itself, or a part of a `with`. Its parameters are those of
    `regels_allen`. The lines are sealed as any other: the sealer takes whatever has no seal yet.
    """
    per_rij = ["object_kenmerk::text", "aanbieder_id", "client_index", *ook]
    gelijk = {naam: soort for naam, soort in _ALLEN_GELIJK.items() if naam not in ook}
    kolommen = ", ".join([*(veld.partition("::")[0] for veld in per_rij), *gelijk])
    waarden = [
        *(f"bron.{veld}" for veld in per_rij),
        *(f"%(log_{n})s::{soort}" for n, soort in gelijk.items()),
    ]
    return (
        f"insert into logboek_gebeurtenis (kenmerk, {kolommen})"  # noqa: S608 - constants of our own; data goes by parameter
        f" select gen_random_uuid(), {', '.join(waarden)} from ({bron}) bron"
    )


def regels_allen(*, actie: str, door: Actor | None, **velden: Any) -> dict[str, Any]:
    """The parameters of `regels_uit`: what all lines say alike, named as in `leg_vast`."""
    regel = maak_regel(actie=actie, door=door, **velden)
    gelijk = {f"log_{naam}": getattr(regel, naam) for naam in _ALLEN_GELIJK}
    return {**gelijk, "log_details": json.dumps(regel.details)}

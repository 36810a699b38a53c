"""The one way to write a line in the log."""

import uuid
from typing import Any, Protocol

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
    details = velden.pop("details", None)
    return Gebeurtenis(
        op=timezone.now(),
        actie=actie,
        object_kenmerk=str(object_kenmerk),
        actor_id=door.pk if door else None,
        actor_naam=door.get_full_name() if door else "portaal",
        rol=str(door.rol) if door else "systeem",
        operatie_id=operatie.get() or uuid.uuid4(),
        details=details or {},
        **velden,
    )

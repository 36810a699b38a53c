"""Giving a dossier to somebody, or to nobody in particular. It says who, not who may: everybody keeps seeing it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from beschikkingen.models import Client
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.queries.behandelaars import behandelaars


class BehandelaarFout(Exception):
    """Not changed; the message is a Dutch sentence."""


@transaction.atomic
def wijs_toe(*, client: Client, aan: UUID | None, was: UUID | None, door: Gebruiker) -> Client:
    """`was` is whom the person saw as behandelaar. Raises BehandelaarFout when that is somebody else by now."""
    nieuw = behandelaars(client.gemeente).filter(kenmerk=aan).first() if aan else None
    if aan and nieuw is None:
        raise BehandelaarFout(f"Kies een consulent van {client.gemeente}.")
    vast = Client.objects.select_for_update(of=("self",)).select_related("behandelaar").get(pk=client.pk)
    nu = vast.behandelaar
    if (nu.kenmerk if nu else None) != was:
        zin = f"{nu.naam} is intussen de behandelaar" if nu else "Er is intussen geen behandelaar meer"
        raise BehandelaarFout(f"{zin}. Kies opnieuw als dat anders moet.")
    if nu == nieuw:
        return vast
    vast.behandelaar = nieuw
    vast.save(update_fields=["behandelaar"])
    leg_vast(
        actie="behandelaar.toewijzen",
        door=door,
        object_soort="client",
        object_kenmerk=vast.kenmerk,
        gemeente_id=vast.gemeente_id,
        client_index=bytes(vast.bsn_index),
        doel="Wmo: dossier verdelen",
        details={"was": str(nu.kenmerk) if nu else "", "wordt": str(nieuw.kenmerk) if nieuw else ""},
    )
    return vast

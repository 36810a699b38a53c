"""Noting who saw whom on the pages of the Toelichting (R109): one line a client, in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast, maak_regel
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from stopberichten.actions_toelichting import DOEL
from stopberichten.models import Stop, Toelichting


def lijst_gezien(*, door: Gebruiker, scherm: str, rijen: Iterable[Toelichting | Stop]) -> None:
    """A list that named these people was shown; `client` must be loaded."""
    per_client = {(rij.client_id, rij.gemeente_id): rij for rij in rijen if rij.client_id}
    Gebeurtenis.objects.bulk_create(
        maak_regel(
            actie="lijst.zien",
            door=door,
            object_soort="stop" if isinstance(rij, Stop) else "toelichting",
            object_kenmerk=rij.kenmerk,
            gemeente_id=rij.gemeente_id,
            aanbieder_id=rij.aanbieder_id,
            client_index=bytes(rij.bsn_index if isinstance(rij, Stop) else rij.client.bsn_index),
            doel=DOEL,
            details={"scherm": scherm},
        )
        for rij in per_client.values()
    )


def toewijzing_gezien(*, door: Gebruiker, toewijzing: Toewijzing) -> None:
    leg_vast(
        actie="toewijzing.gezien",
        door=door,
        object_soort="toewijzing",
        object_kenmerk=toewijzing.kenmerk,
        gemeente_id=toewijzing.gemeente_id,
        aanbieder_id=toewijzing.aanbieder_id,
        client_index=bytes(toewijzing.client.bsn_index),
        doel=DOEL,
    )

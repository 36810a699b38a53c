"""Noting who saw whom on the pages of the Toelichting (R109): one line a client, in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast
from logboek.inzage import Gezien, leg_gezien_vast
from organisaties.models import Gebruiker
from stopberichten.actions_toelichting import DOEL
from stopberichten.models import Stop, Toelichting


def lijst_gezien(*, door: Gebruiker, scherm: str, rijen: Iterable[Toelichting | Stop]) -> None:
    """A list that named these people was shown; `client` must be loaded."""
    per_client = {(rij.client_id, rij.gemeente_id): rij for rij in rijen if rij.client_id}
    leg_gezien_vast([_gezien(rij) for rij in per_client.values()], scherm=scherm, doel=DOEL, door=door)


def _gezien(rij: Toelichting | Stop) -> Gezien:
    soort, bron = ("stop", rij) if isinstance(rij, Stop) else ("toelichting", rij.client)
    return Gezien(bytes(bron.bsn_index), rij.gemeente_id, rij.aanbieder_id, soort, str(rij.kenmerk))


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

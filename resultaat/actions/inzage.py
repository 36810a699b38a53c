"""Seeing people is logged too: one line per person of a list, in one insert (R109, veiligheid D4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from logboek.actions import maak_regel
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Gezien:
    """One person on a screen or in a file: which, whose, and which of its papers was looked at."""

    client_index: bytes
    gemeente_id: int
    aanbieder_id: int | None
    object_soort: str
    object_kenmerk: str


def leg_lijst_vast(*, gezien: Iterable[Gezien], scherm: str, doel: str, door: Gebruiker) -> int:
    """Log that these people were on the screen; the same person twice in a list is one line. Returns the lines."""
    per_client = {(wie.client_index, wie.gemeente_id): wie for wie in gezien}
    regels = [
        maak_regel(
            actie="lijst.zien",
            door=door,
            object_soort=wie.object_soort,
            object_kenmerk=wie.object_kenmerk,
            gemeente_id=wie.gemeente_id,
            aanbieder_id=wie.aanbieder_id,
            client_index=wie.client_index,
            doel=doel,
            details={"scherm": scherm},
        )
        for wie in per_client.values()
    ]
    Gebeurtenis.objects.bulk_create(regels)
    return len(regels)

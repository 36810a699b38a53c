"""Seeing people is logged too: one line per person of a list, in one insert (R109, veiligheid D4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from logboek.actions import regels_allen, regels_uit
from organisaties.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Gezien:
    """One person on a screen or in a file: which, whose, and which of its papers was looked at."""

    client_index: bytes
    gemeente_id: int
    aanbieder_id: int | None
    object_soort: str
    object_kenmerk: str


_LIJST: Final = regels_uit(
    "select * from unnest(%(kenmerken)s::text[], %(aanbieders)s::bigint[], %(indexen)s::bytea[],"
    " %(gemeenten)s::bigint[], %(soorten)s::text[])"
    " as gezien (object_kenmerk, aanbieder_id, client_index, gemeente_id, object_soort)",
    "gemeente_id",
    "object_soort",
)


def leg_lijst_vast(*, gezien: Iterable[Gezien], scherm: str, doel: str, door: Gebruiker) -> int:
    """Log that these people were on the screen; the same person twice in a list is one line. Returns the lines."""
    rijen = list({(wie.client_index, wie.gemeente_id): wie for wie in gezien}.values())
    if rijen:
        kolommen: dict[str, Any] = {
            "kenmerken": [wie.object_kenmerk for wie in rijen],
            "aanbieders": [wie.aanbieder_id for wie in rijen],
            "indexen": [wie.client_index for wie in rijen],
            "gemeenten": [wie.gemeente_id for wie in rijen],
            "soorten": [wie.object_soort for wie in rijen],
        }
        gelijk = regels_allen(actie="lijst.zien", door=door, doel=doel, details={"scherm": scherm})
        with connection.cursor() as cursor:
            cursor.execute(_LIJST, {**gelijk, **kolommen})
    return len(rijen)

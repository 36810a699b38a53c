"""Seeing people is logged too: one line per person of a list, in one insert (R109, veiligheid D4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from logboek.actions import Actor, regels_allen, regels_uit


@dataclass(frozen=True, slots=True)
class Gezien:
    """One person on a screen or in a file: which, whose, and which of its papers was looked at."""

    client_index: bytes
    gemeente_id: int | None
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


def leg_gezien_vast(gezien: Collection[Gezien], *, scherm: str, doel: str, door: Actor) -> None:
    """A line for each of these; who may stand among them twice is for the caller to say."""
    if not gezien:
        return
    kolommen: dict[str, Any] = {
        "kenmerken": [wie.object_kenmerk for wie in gezien],
        "aanbieders": [wie.aanbieder_id for wie in gezien],
        "indexen": [wie.client_index for wie in gezien],
        "gemeenten": [wie.gemeente_id for wie in gezien],
        "soorten": [wie.object_soort for wie in gezien],
    }
    gelijk = regels_allen(actie="lijst.zien", door=door, doel=doel, details={"scherm": scherm})
    with connection.cursor() as cursor:
        cursor.execute(_LIJST, {**gelijk, **kolommen})

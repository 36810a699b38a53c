"""Asking about one row at a time, in a question that stands in an "or".

PostgreSQL answers `exists (... where toewijzing_id = t.id)` inside an "or" by reading that whole table once into memory,
of all municipalities: quick for a thousand allocations, and slower with every municipality that joins. With a second
condition on the same row, which says nothing new, it cannot, and looks in the index for each row it has. So a page costs
what its municipality costs. The first condition is what it estimates by: a range alone is thought to find thousands, and
beside such a sum no way to join the rest looks dear any more.
"""

from __future__ import annotations

from django.db.models import OuterRef


def van_de_rij(veld: str = "toewijzing", rij: str = "pk") -> dict[str, OuterRef]:
    """The condition `veld` = `rij` of the outer query, for `filter(**...)`."""
    return {veld: OuterRef(rij), f"{veld}__lte": OuterRef(rij)}

"""`.filter(een_van("toewijzing_id", nummers))`: one of these numbers, sent as one array.

Django's `in` makes every number a parameter of its own; for hundreds of numbers in several queries that costs more to
write down than to look up. The plan PostgreSQL makes of both is the same. Without any number nothing is found, or even
asked, as with `in`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Lookup


class _EenVan(Lookup):  # type: ignore[type-arg]  # what it compares are numbers, whatever the field is called
    lookup_name = "een_van"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs:
            raise EmptyResultSet  # then nothing is asked at all
        links, waarden = self.process_lhs(compiler, connection)
        return f"{links} = any(%s::bigint[])", [*waarden, self.rhs]


def een_van(veld: str, nummers: Iterable[int]) -> Lookup[Any]:
    """A condition for `filter` or `exclude`; `veld` is the path to a key, or to a column that refers to one."""
    return _EenVan(F(veld), list(nummers))

"""A question as the SQL that Django makes of it, kept: to write it down costs more than to find a few dozen rows.

What is kept is what is asked, never what was found. Who keeps one keeps it per `Kijker`, so that a question is never
that of somebody else.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Opgeschreven = tuple[str, tuple[Any, ...]]
"""SQL with places, and what goes there."""


def schrijf_op(vraag: QuerySet[Any, Any]) -> Opgeschreven | None:
    """None: it can find nothing."""
    try:
        sql, waarden = vraag.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(waarden)


def rijen_van(vraag: Opgeschreven) -> list[tuple[Any, ...]]:
    """What it finds now."""
    sql, waarden = vraag
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        rijen: list[tuple[Any, ...]] = cursor.fetchall()
    return rijen

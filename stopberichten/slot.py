"""Putting those who write the same thing in line, by advisory locks of PostgreSQL."""

from __future__ import annotations

import hashlib

from django.db import connection


def vergrendel(namen: list[str]) -> None:
    """Advisory locks until the end of the transaction, always in the same order, so never a deadlock."""
    nummers = sorted(
        {
            int.from_bytes(hashlib.blake2b(n.encode(), digest_size=8).digest(), "big", signed=True)
            for n in namen
        }
    )
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(n) from unnest(%s::bigint[]) as n", [nummers])

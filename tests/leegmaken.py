"""After a test that committed: what it filled is emptied, and the rest is left alone.

Django empties all tables in one TRUNCATE, which gives each table and each index a new file, and then makes all
permissions again: 0.3 s of processor for each such test. A table without a single page holds no rows, whoever wrote
them, so only the others need emptying: by DELETE, and by VACUUM, which takes the pages away as TRUNCATE would.

As superuser, who alone sees every row through the walls and may pass by the triggers that keep the log whole.
"""

import contextlib
import os
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

# The same in every database of this code; whoever changes them gets Django's own way of emptying.
VAST = ("auth_permission", "django_content_type", "django_migrations")
BESTAAND = (
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
)
KEREN = 4
# Of a table in parts each part by itself, in whatever schema it stands.
GEVULD = """
    select relnamespace::regnamespace::text, relname from pg_class
    where relkind = 'r' and coalesce(pg_partition_root(oid), oid) = any (%s::regclass[]::oid[])
      and pg_relation_size(oid) > 0
"""


def beheer() -> "psycopg.Connection[tuple[Any, ...]]":
    socket = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    return psycopg.connect(
        host=socket, user="postgres", dbname=connection.settings_dict["NAME"], autocommit=True
    )


def vaste_rijen(bij: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    vraag = "select string_agg(rij::text, ',' order by id) from {} rij"
    return [str(bij.execute(sql.SQL(vraag).format(sql.Identifier(naam))).fetchone()) for naam in VAST]


def maak_leeg(bij: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """It waits, as TRUNCATE does, for who is still writing.

    A page that a browser asked for just before it closed may read on in another order than the tables are locked here:
    then one of the two must give way, and when that is this one it begins again.
    """
    for _ in range(KEREN):
        with contextlib.suppress(psycopg.errors.DeadlockDetected):
            return _maak_leeg(bij)
    return _maak_leeg(bij)


def _maak_leeg(bij: "psycopg.Connection[tuple[Any, ...]]") -> None:
    er_zijn = {naam for (naam,) in bij.execute(BESTAAND)}
    namen = sorted(er_zijn - set(VAST))
    met_naam = [sql.Identifier(naam) for naam in namen]
    with bij.transaction():
        bij.execute(sql.SQL("lock table {} in access exclusive mode").format(sql.SQL(", ").join(met_naam)))
        bij.execute("set local session_replication_role = replica")
        gevuld = [sql.Identifier(*waar) for waar in bij.execute(GEVULD, [namen])]
        for tabel in gevuld:
            bij.execute(sql.SQL("delete from {}").format(tabel))
    if gevuld:
        bij.execute(sql.SQL("vacuum {}").format(sql.SQL(", ").join(gevuld)))


def lichter(patch: pytest.MonkeyPatch) -> None:
    """Instead of Django's `flush`, for the database as it stands now."""
    django_zelf = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django has no public name
    with beheer() as bij:
        waren = vaste_rijen(bij)

    def teardown(zelf: TransactionTestCase) -> None:
        nonlocal waren
        with beheer() as bij:
            if vaste_rijen(bij) == waren:
                maak_leeg(bij)
                return
            django_zelf(zelf)
            waren = vaste_rijen(bij)

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)

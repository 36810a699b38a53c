"""Requests of the test client run as wmo_app: no owner, only the grants of techniek/rechten.py.

The tests themselves connect as wmo_owner, who may empty the tables between two of them. At the start of each request
the connection becomes wmo_app (SET ROLE) and at its end what it was: a page that needs a right which the running
portal has not fails here too. On the bare connection, so that no test that counts queries sees it.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg import sql

ROL = "wmo_app"
bezig_met = threading.local()
"""Whether this thread is inside a request: what asks nothing of the database gets no connection for our sake."""


def sta_toe() -> None:
    """Let the owner play wmo_app on this throw-away server; in production he is no member of it."""
    socket = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    with psycopg.connect(host=socket, user="postgres", dbname="postgres") as beheer:
        beheer.execute("select pg_advisory_xact_lock(1)")  # the workers of xdist share the server
        beheer.execute(f"grant {ROL} to wmo_owner with inherit false, set true")
        # As in rollen.sql: no temporary tables for the portal's role, which PUBLIC may make in a new database.
        naam = sql.Identifier(connection.settings_dict["NAME"])
        beheer.execute(sql.SQL("revoke all on database {} from public").format(naam))
        beheer.execute(
            sql.SQL("grant connect on database {} to wmo_app, wmo_backup, wmo_auditor").format(naam)
        )


def _begin(**_: object) -> None:
    bezig_met.verzoek = True
    if connection.connection is not None:
        _zet(f"set role {ROL}")


def _nieuwe_verbinding(**_: object) -> None:
    if getattr(bezig_met, "verzoek", False):
        _zet(f"set role {ROL}")


def _einde(**_: object) -> None:
    bezig_met.verzoek = False
    if connection.connection is not None:
        _zet("reset role")


def _zet(opdracht: str) -> None:
    bezig = connection.connection
    if bezig is None or bezig.closed or bezig.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
        return  # a transaction that failed is rolled back, and the role with it
    bezig.execute(opdracht)


@contextmanager
def verzoeken() -> Iterator[None]:
    import organisaties.middleware  # noqa: F401  first, so that its end of a request comes before ours

    request_started.connect(_begin, dispatch_uid="tests.als_app")
    connection_created.connect(_nieuwe_verbinding, dispatch_uid="tests.als_app")
    request_finished.connect(_einde, dispatch_uid="tests.als_app")
    try:
        yield
    finally:
        request_started.disconnect(dispatch_uid="tests.als_app")
        connection_created.disconnect(dispatch_uid="tests.als_app")
        request_finished.disconnect(dispatch_uid="tests.als_app")
        _einde()

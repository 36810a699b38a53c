"""Requests of the test client and tasks run as wmo_app: no owner, only the grants of techniek/rechten.py.

The tests themselves connect as wmo_owner, who may empty the tables between two of them. At the start of each request
and of each task the connection becomes wmo_app (SET ROLE) and at its end what it was: what needs a right which the
running portal has not fails here too. On the bare connection, so that no test that counts queries sees it.

A deed that a test does itself runs as that test does. `als_app` around it makes it the portal's.
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
"""Whether this thread is inside a request or a task: what asks nothing of the database gets no connection for our sake."""


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
    """Back to what it was: the owner, unless the test around the request plays the portal itself."""
    bezig_met.verzoek = getattr(bezig_met, "test", False)
    if connection.connection is not None and not bezig_met.verzoek:
        _zet("reset role")


def _zet(opdracht: str) -> None:
    bezig = connection.connection
    if bezig is None or bezig.closed or bezig.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
        return  # a transaction that failed is rolled back, and the role with it
    bezig.execute(opdracht)


@contextmanager
def als_app() -> Iterator[None]:
    """As the running portal. Inside another one it changes nothing, and ends nothing."""
    if getattr(bezig_met, "verzoek", False):
        yield
        return
    bezig_met.test = True
    _begin()
    try:
        yield
    finally:
        bezig_met.test = False
        _einde()


@contextmanager
def als_eigenaar() -> Iterator[None]:
    """A step that only the owner of the tables can do: to let time pass, to tamper. Then on as it was."""
    was, bezig_met.verzoek = getattr(bezig_met, "verzoek", False), False
    if was and connection.connection is not None:
        _zet("reset role")
    try:
        yield
    finally:
        if was:
            _begin()


@contextmanager
def taken() -> Iterator[None]:
    """Each task that a test calls, from its first look at the database to its heartbeat."""
    from techniek import taak

    echt = taak.hartslag

    @contextmanager
    def met_de_rol(naam: str) -> Iterator[list[str]]:
        with als_app(), echt(naam) as bericht:
            yield bericht

    taak.hartslag = met_de_rol
    try:
        yield
    finally:
        taak.hartslag = echt


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

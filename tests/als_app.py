"""Requests of the test client run as wmo_app: no owner, only the grants of techniek/rechten.py.

The tests themselves connect as wmo_owner, who may empty the tables between two of them. At the start of each request
the connection becomes wmo_app (SET ROLE) and at its end what it was: a page that needs a right which the running
portal has not fails here too. On the bare connection, so that no test that counts queries sees it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.core.signals import request_finished, request_started
from django.db import connection

ROL = "wmo_app"


def sta_toe() -> None:
    """Let the owner play wmo_app on this throw-away server; in production he is no member of it."""
    socket = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    with psycopg.connect(host=socket, user="postgres", dbname="postgres") as beheer:
        beheer.execute("select pg_advisory_xact_lock(1)")  # the workers of xdist share the server
        beheer.execute(f"grant {ROL} to wmo_owner with inherit false, set true")


def _begin(**_: object) -> None:
    connection.ensure_connection()
    _zet(f"set role {ROL}")


def _einde(**_: object) -> None:
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
    request_finished.connect(_einde, dispatch_uid="tests.als_app")
    try:
        yield
    finally:
        request_started.disconnect(dispatch_uid="tests.als_app")
        request_finished.disconnect(dispatch_uid="tests.als_app")
        _einde()

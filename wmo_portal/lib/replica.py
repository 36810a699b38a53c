"""Reports read from a streaming replica when DATABASE_REPLICA_URL names one (docs/productie.md).

What is read there is never older than what is here: the replica is used only when it holds everything that was
committed before the question, and it is given a moment to get there (`REPLICA_WACHT`). Behind, gone or no longer a
replica: the primary answers, and a line in the log says why. Inside a transaction the primary always answers.

The second wall stands there too: the connection carries the same signed scope, and the database checks it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections

from wmo_portal.lib import rls

ALIAS: Final = "replica"
NIET_PROBEREN: Final = 30.0
"""Seconds that nobody waits again for a replica that just failed; per process."""
WEG: Final = "Niets van de lees-replica: %s. De eerste database antwoordt."

_log = logging.getLogger(__name__)
_hier: ContextVar[bool] = ContextVar("op_replica", default=False)
_P = ParamSpec("_P")
_R = TypeVar("_R")


class Onbruikbaar(Exception):
    """Why the replica may not answer now, as a piece of a Dutch sentence."""


class Rust:
    """Until when the replica is left alone."""

    tot = 0.0


class Router:
    """Reads go to the replica inside `op_replica()`, everything else to the primary, also for rows that came from it."""

    def db_for_read(self, *_: Any, **__: Any) -> str:
        return ALIAS if _hier.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, *_: Any, **__: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool:
        return db != ALIAS


def leesverbinding() -> Any:
    """For reading by plain SQL: the connection that the ORM reads from at this moment."""
    return connections[ALIAS] if _hier.get() else connection


@contextmanager
def op_replica() -> Iterator[bool]:
    """Read from the replica, if it can and may; answers whether. For reading alone: writes go to the primary."""
    if not _mag():
        yield _hier.get()
        return
    try:
        _wacht_tot_bij()
    except (Onbruikbaar, OperationalError, InterfaceError) as waarom:
        laat_met_rust(waarom)
        yield False
        return
    mee, hier = rls.MEE.set((ALIAS,)), _hier.set(True)
    try:
        rls.zet_regel(rls.huidige_regel())
        yield True
    finally:
        _hier.reset(hier)
        rls.MEE.reset(mee)
        _laat_los()


def leest_op_replica(doe: Callable[_P, _R]) -> Callable[_P, _R]:
    """For a function that only reads and answers with what it has read: a replica that breaks off is read over here."""

    @wraps(doe)
    def lees(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not _mag():
            return doe(*args, **kwargs)
        daar = False
        try:
            with op_replica() as daar:
                return doe(*args, **kwargs)
        except (OperationalError, InterfaceError) as fout:
            if not daar:
                raise
            laat_met_rust(fout)
        return doe(*args, **kwargs)

    return lees


def laat_met_rust(waarom: Exception) -> None:
    """What PostgreSQL says may name a row; only its kind and our own words are logged."""
    _log.warning(WEG, waarom if isinstance(waarom, Onbruikbaar) else type(waarom).__name__)
    Rust.tot = time.monotonic() + NIET_PROBEREN


def _mag() -> bool:
    return (
        ALIAS in connections.settings
        and not _hier.get()
        and not connection.in_atomic_block
        and time.monotonic() >= Rust.tot
    )


def _wacht_tot_bij() -> None:
    """Raises Onbruikbaar, OperationalError."""
    (hier,) = _vraag(connection, "select pg_current_wal_insert_lsn()::text")
    doel, einde = plaats(hier), time.monotonic() + settings.REPLICA_WACHT
    while True:
        volgt, daar = _vraag(connections[ALIAS], "select pg_is_in_recovery(), pg_last_wal_replay_lsn()::text")
        if not volgt:
            raise Onbruikbaar("het adres wijst naar een database die geen replica (meer) is")
        if daar and plaats(daar) >= doel:
            return
        if time.monotonic() >= einde:
            raise Onbruikbaar(f"zij was na {settings.REPLICA_WACHT:g} seconden nog niet bij")
        time.sleep(0.02)


def plaats(lsn: str) -> int:
    """The place in the write-ahead log as a number.

    Just after a page is full the next place is behind the head of a new page that nobody has written yet; a replica
    that has replayed everything stands before that head.
    """
    hoog, _, laag = lsn.partition("/")
    waarde = (int(hoog, 16) << 32) + int(laag, 16)
    kop = 40 if waarde % _SEGMENT < _BLADZIJDE else 24
    return waarde - kop if waarde % _BLADZIJDE == kop else waarde


_BLADZIJDE: Final = 8192
_SEGMENT: Final = 16 * 1024 * 1024


def _vraag(verbinding: Any, sql: str) -> tuple[Any, ...]:
    with verbinding.cursor() as cursor:
        cursor.execute(sql)
        rij: tuple[Any, ...] = cursor.fetchone()
    return rij


def _laat_los() -> None:
    """Take the scope away, so that what asks later without one gets an error."""
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("select set_config('wmo.context', '', false)")
    except (OperationalError, InterfaceError):
        connections[ALIAS].close()

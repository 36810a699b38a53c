"""The second wall: the signed scope that PostgreSQL's row level security reads.

The first wall is `visible_to(gebruiker)`; this one holds when somebody forgets it. Every connection carries
`wmo.context`, a signed line

    sleutel|soort|gemeenten|aanbieders|gebruiker|verloopt|hmac

The functions in schema `wmo_sec` (migration techniek.0001) check signature and expiry against a key that the
application's role cannot read, and *raise* when the line is missing: an unset scope is an error, never an empty
page. `soort` is `bereik` (a person's municipalities and provider) or `systeem` (jobs and commands).
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, connections, migrations


@dataclass(frozen=True, slots=True)
class Werkbereik:
    """Whose rows may be seen: ids of municipalities and providers, or everything for the system itself."""

    gemeenten: tuple[int, ...] = ()
    aanbieders: tuple[int, ...] = ()
    gebruiker: int = 0
    systeem: bool = False


SYSTEEM = Werkbereik(systeem=True)
# What a connection falls back to when a request ends. None, always; only the tests, which look at rows between
# two requests on the same connection, put SYSTEEM here.
NA_AFLOOP: Werkbereik | None = None
# The other connections that carry the scope now (`wmo_portal.lib.replica`).
MEE: ContextVar[tuple[str, ...]] = ContextVar("mee", default=())


def blokken() -> tuple[bytes, bytes]:
    """The two padded key blocks of HMAC-SHA256 (RFC 2104), as the database keeps them."""
    sleutel = base64.urlsafe_b64decode(settings.CONTEXT_SLEUTEL).ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in sleutel), bytes(b ^ 0x5C for b in sleutel)


def onderteken(bereik: Werkbereik, *, verloopt: int | None = None) -> str:
    """The signed line for a scope; `verloopt` in seconds since the epoch."""
    delen = (
        "1",
        "systeem" if bereik.systeem else "bereik",
        ",".join(map(str, bereik.gemeenten)),
        ",".join(map(str, bereik.aanbieders)),
        str(bereik.gebruiker),
        str(verloopt if verloopt is not None else int(time.time()) + settings.CONTEXT_GELDIG_SECONDEN),
    )
    bericht = "|".join(delen)
    sleutel = base64.urlsafe_b64decode(settings.CONTEXT_SLEUTEL)
    return f"{bericht}|{hmac.new(sleutel, bericht.encode(), hashlib.sha256).hexdigest()}"


def zet(bereik: Werkbereik) -> None:
    """Give this connection its scope, for the session (so that streaming and on_commit keep it)."""
    zet_regel(onderteken(bereik))


def zet_regel(regel: str) -> None:
    for verbinding in (connection, *(connections[naam] for naam in MEE.get())):
        with verbinding.cursor() as cursor:
            cursor.execute("select set_config('wmo.context', %s, false)", [regel])


def huidige_regel() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('wmo.context', true)")
        rij = cursor.fetchone()
    return (rij[0] or "") if rij else ""


def wis() -> None:
    """Take the scope away: what still asks for rows after this gets an error."""
    if connection.connection is not None:
        zet_regel(onderteken(NA_AFLOOP) if NA_AFLOOP else "")


@contextmanager
def binnen(bereik: Werkbereik) -> Iterator[None]:
    """Work within a scope and put the former one back, for jobs and commands."""
    vorige = huidige_regel()
    zet(bereik)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            zet_regel(vorige)


def muur(
    tabel: str, *, gemeente: str = "gemeente_id", aanbieder: str = "", extra: str = ""
) -> migrations.RunSQL:
    """The migration operation that raises the wall around a table.

    `gemeente` and `aanbieder` are the columns that hold the owners; `extra` is a third way in (SQL).
    FORCE makes the owner of the table obey too.
    """
    regels = ["(select wmo_sec.systeem())"]
    if gemeente:
        regels.append(f"{gemeente} = any((select wmo_sec.gemeenten())::int[])")
    if aanbieder:
        regels.append(f"{aanbieder} = any((select wmo_sec.aanbieders())::int[])")
    if extra:
        regels.append(extra)
    wie = " or ".join(regels)
    return migrations.RunSQL(
        f"alter table {tabel} enable row level security;"
        f"alter table {tabel} force row level security;"
        f"create policy werkbereik on {tabel} using ({wie}) with check ({wie});",
        f"drop policy werkbereik on {tabel};"
        f"alter table {tabel} no force row level security;"
        f"alter table {tabel} disable row level security;",
    )

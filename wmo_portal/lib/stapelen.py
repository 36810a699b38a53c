"""Writing many new rows at once, and finding many: one statement, one parameter a column.

Each column goes as one array in PostgreSQL's own binary form and is unrolled there; one that is the same in all rows
goes as that one value. Beside Django's `bulk_create` that spares building, binding and splitting a statement with
thousands of parameters, and beside JSON that spares writing bytes as text and reading them back. (COPY would be the
other way; row level security refuses it, and the role of the portal may not make the temporary tables that go around
that.)
"""

from __future__ import annotations

import json
import struct
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final

import psycopg
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_DAG_NUL: Final = date(2000, 1, 1).toordinal()
_NUL: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECONDE: Final = timedelta(microseconds=1)
_KOP: Final = struct.Struct("!iiIii").pack
_LENGTE: Final = struct.Struct("!i").pack
_NIETS: Final = _LENGTE(-1)
_GEHEEL: Final = struct.Struct("!q").pack
_DAG: Final = struct.Struct("!i").pack
_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode

Rij = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Soort:
    """How a column travels: name and numbers (`pg_type.dat`) of its type and of the array of it."""

    naam: str
    nummer: int
    reeks: int
    codeer: Callable[[Any], bytes]
    omzetting: str = ""
    """Only where assignment alone does not lead to the column. (An explicit one would cut a text that is too long.)"""


_GETAL: Final = _Soort("bigint", 20, 1016, _GEHEEL)
_TEKST: Final = _Soort("text", 25, 1009, str.encode)
_SOORTEN: Final[Mapping[str, _Soort]] = {
    "bigint": _GETAL,
    "integer": _GETAL,
    "smallint": _GETAL,
    "varchar": _TEKST,
    "text": _TEKST,
    "bytea": _Soort("bytea", 17, 1001, bytes),
    "uuid": _Soort("uuid", 2950, 2951, attrgetter("bytes")),
    "date": _Soort("date", 1082, 1182, lambda dag: _DAG(dag.toordinal() - _DAG_NUL)),
    "timestamp with time zone": _Soort(
        "timestamptz", 1184, 1185, lambda op: _GEHEEL((op - _NUL) // _MICROSECONDE)
    ),
    "jsonb": _Soort("jsonb", 3802, 3807, lambda waarde: b"\x01" + _JSON(waarde).encode()),
    # Rows of unequal length are no array of arrays: each as the text of an array.
    "integer[]": _Soort(
        "text", 25, 1009, lambda nummers: f"{{{','.join(map(str, nummers))}}}".encode(), "::integer[]"
    ),
}


class _Reeks(bytes):
    """An array in binary form; each type of array has its own class, because psycopg asks a class for its type."""


class _ReeksDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: bytes) -> Buffer:
        return obj

    def quote(self, obj: bytes) -> Buffer:
        """For whoever shows statements: what is in the rows stays out of that."""
        return b"'...'"


def _reeksklasse(soort: _Soort) -> tuple[type[_Reeks], type[Dumper]]:
    naam = f"_Reeks_{soort.naam}"
    return type(naam, (_Reeks,), {}), type(f"{naam}_dumper", (_ReeksDumper,), {"oid": soort.reeks})


_KLASSEN: Final = {soort.reeks: _reeksklasse(soort) for soort in _SOORTEN.values()}


def _reeks(soort: _Soort, waarden: Sequence[Any]) -> _Reeks:
    delen = [_KOP(1, 1, soort.nummer, len(waarden), 1)]
    codeer = soort.codeer
    for waarde in waarden:
        if waarde is None:
            delen.append(_NIETS)
        else:
            element = codeer(waarde)
            delen += (_LENGTE(len(element)), element)
    return _KLASSEN[soort.reeks][0](b"".join(delen))


def voeg_toe(model: type[models.Model], rijen: Sequence[Rij]) -> None:
    """Insert these rows, each a mapping of attribute names (`gemeente_id`) to values; the mappings may hold more.

    All rows have the columns of the first; a column that it lacks gets the default of the model. Without primary key
    the database gives one, and so it does where that default is a random UUID. Signals and `auto_now` are not served,
    and a field goes as the value it has: plain models only. `vars(object)` of a whole model object is such a mapping.
    """
    if not rijen:
        return
    namen, bronnen = list[str](), list[str]()
    reeksen: list[_Reeks] = []
    for veld in model._meta.local_concrete_fields:
        if veld.primary_key and rijen[0].get(veld.attname) is None:
            continue
        namen.append(connection.ops.quote_name(veld.column))
        if veld.default is uuid.uuid4 and veld.attname not in rijen[0]:
            bronnen.append("gen_random_uuid()")
            continue
        soort = _SOORTEN[str(veld.db_type(connection)).partition("(")[0]]
        waarden = _waarden(veld, rijen)
        # The first to travel travels whole: it says how many rows there are.
        een = bool(reeksen) and _allen_gelijk(waarden)
        vorm = f"(%s::{soort.naam}[])[1]" if een else f"unnest(%s::{soort.naam}[])"
        bronnen.append(vorm + soort.omzetting)
        reeksen.append(_reeks(soort, waarden[:1] if een else waarden))
    tabel = connection.ops.quote_name(model._meta.db_table)
    # Quoted names of our own models and types; the values are the parameters.
    opdracht = f"insert into {tabel} ({', '.join(namen)}) select {', '.join(bronnen)}"
    with _cursor() as cursor:
        cursor.execute(opdracht, reeksen)


def lees(opdracht: str, kolommen: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[Any, ...]]:
    """The rows of a query whose parameters are whole columns: each the name of its type (`bigint`) and its values."""
    with _cursor() as cursor:
        cursor.execute(opdracht, [_reeks(_SOORTEN[soort], waarden) for soort, waarden in kolommen])
        return list(cursor.fetchall())


def _waarden(veld: models.Field[Any, Any], rijen: Sequence[Rij]) -> list[Any]:
    naam = veld.attname
    if naam in rijen[0]:
        return [rij[naam] for rij in rijen]
    return [veld.get_default() for _ in rijen]


def _allen_gelijk(waarden: list[Any]) -> bool:
    """Of a block of messages a third of the columns is. Not asked of what holds more values: 1 is True in Python, and
    in JSON it is not."""
    eerste = waarden[0]
    return not (eerste and isinstance(eerste, list | dict)) and waarden.count(eerste) == len(waarden)


def _cursor() -> CursorWrapper:
    """Django's cursor, so that statements are counted and errors are Django's; but bound by the server and in binary
    form, because Django's own writes parameters into the text of the statement."""
    connection.ensure_connection()
    kaal: Any = psycopg.Cursor(connection.connection)
    kaal.format = Format.BINARY
    # Of this cursor alone: a connection copies what was registered when it was made, which may be long ago.
    for klasse, dumper in _KLASSEN.values():
        kaal.adapters.register_dumper(klasse, dumper)
    return connection.make_debug_cursor(kaal) if connection.queries_logged else connection.make_cursor(kaal)

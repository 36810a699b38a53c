"""Writing many new rows at once: one statement with one parameter.

Beside Django's `bulk_create` it spares building, binding and splitting a statement with thousands of parameters, which
took half of the time of receiving messages. (COPY would be the other way; row level security refuses it, and the
role of the portal may not make the temporary tables that go around that.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models


def _als_tekst(waarde: object) -> str:
    """The values that JSON does not know, as PostgreSQL reads them."""
    if isinstance(waarde, bytes | bytearray | memoryview):
        return "\\x" + waarde.hex()
    if isinstance(waarde, date | datetime):
        return waarde.isoformat()
    if isinstance(waarde, UUID):
        return str(waarde)
    raise TypeError(f"{type(waarde).__name__} kan niet in een stapel")


def voeg_toe(rijen: Sequence[models.Model]) -> None:
    """Insert these unsaved rows of one model. Those without primary key get one, which the object does not learn.
    Signals and `auto_now` are not served, and a field goes as the value it has: plain models only."""
    if not rijen:
        return
    meta = rijen[0]._meta
    velden = [veld for veld in meta.local_concrete_fields if rijen[0].pk is not None or not veld.primary_key]
    namen = [(veld.column, veld.attname) for veld in velden]
    inhoud: list[dict[str, Any]] = [{kolom: getattr(rij, naam) for kolom, naam in namen} for rij in rijen]
    tekst = json.dumps(inhoud, default=_als_tekst, ensure_ascii=False)
    noem = connection.ops.quote_name
    tabel, kolommen = noem(meta.db_table), ", ".join(noem(kolom) for kolom, _ in namen)
    with connection.cursor() as cursor:
        cursor.execute(
            # Names come from the models, values are the parameter.
            f"insert into {tabel} ({kolommen}) "  # noqa: S608
            f"select {kolommen} from json_populate_recordset(null::{tabel}, %s::json)",
            [tekst],
        )

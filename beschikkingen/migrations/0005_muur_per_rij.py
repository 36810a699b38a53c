"""A provider's way in is asked per row, not as a list of all its clients.

With `id in (select …)` the planner counted the whole list for every single row that is looked up by its key, and so
read the whole table instead: every join to a client or decision was a sequential scan, for municipalities too.
"""

from django.db import migrations

MUREN = {
    "beschikkingen_client": ("gemeente_id", "beschikkingen_toewijzing t where t.client_id = {tabel}.id"),
    "beschikkingen_beschikking": ("gemeente_id", "beschikkingen_toewijzing t where t.beschikking_id = {tabel}.id"),
    "beschikkingen_monitoringsmoment": (
        "gemeente_id",
        "beschikkingen_toewijzing t where t.beschikking_id = {tabel}.beschikking_id",
    ),
    "beschikkingen_documentinhoud": ("", "beschikkingen_document d where d.id = {tabel}.document_id"),
}
OUD = {
    "beschikkingen_client": "id in (select t.client_id from beschikkingen_toewijzing t where {eigen})",
    "beschikkingen_beschikking": "id in (select t.beschikking_id from beschikkingen_toewijzing t where {eigen})",
    "beschikkingen_monitoringsmoment": (
        "beschikking_id in (select t.beschikking_id from beschikkingen_toewijzing t where {eigen})"
    ),
    "beschikkingen_documentinhoud": "document_id in (select d.id from beschikkingen_document d)",
}
EIGEN = "t.aanbieder_id = any((select wmo_sec.aanbieders())::int[])"


def _muur(tabel: str, derde: str) -> str:
    wegen = ["(select wmo_sec.systeem())"]
    if MUREN[tabel][0]:
        wegen.append("gemeente_id = any((select wmo_sec.gemeenten())::int[])")
    wie = " or ".join([*wegen, derde])
    return f"alter policy werkbereik on {tabel} using ({wie}) with check ({wie});"


def _per_rij(tabel: str) -> str:
    eigen = f" and {EIGEN}" if "toewijzing t" in MUREN[tabel][1] else ""
    return _muur(tabel, f"exists (select from {MUREN[tabel][1].format(tabel=tabel)}{eigen})")


class Migration(migrations.Migration):
    dependencies = [("beschikkingen", "0004_behandelaar")]
    operations = [
        migrations.RunSQL(_per_rij(tabel), _muur(tabel, OUD[tabel].format(eigen=EIGEN))) for tabel in MUREN
    ]

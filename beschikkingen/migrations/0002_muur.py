"""The second wall around clients, decisions and documents. A provider comes in through its allocations.

Its way in is asked per row: with a list of all its clients the planner counted that list for every row that is looked
up by its key, and read the whole table instead.
"""

from django.db import migrations

from wmo_portal.lib.rls import muur


def eigen(voorwaarde: str) -> str:
    return (
        f"exists (select from beschikkingen_toewijzing t where {voorwaarde}"
        " and t.aanbieder_id = any((select wmo_sec.aanbieders())::int[]))"
    )


class Migration(migrations.Migration):
    dependencies = [("beschikkingen", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        muur("beschikkingen_toewijzing", aanbieder="aanbieder_id"),
        muur("beschikkingen_toewijzingevent", aanbieder="aanbieder_id"),
        muur("beschikkingen_stap", aanbieder="aanbieder_id"),
        muur("beschikkingen_client", extra=eigen("t.client_id = beschikkingen_client.id")),
        muur("beschikkingen_beschikking", extra=eigen("t.beschikking_id = beschikkingen_beschikking.id")),
        muur("beschikkingen_beschikkingevent"),
        muur(
            "beschikkingen_monitoringsmoment",
            extra=eigen("t.beschikking_id = beschikkingen_monitoringsmoment.beschikking_id"),
        ),
        muur("beschikkingen_document", aanbieder="aanbieder_id"),
        muur(
            "beschikkingen_documentinhoud",
            gemeente="",
            extra="exists (select from beschikkingen_document d where d.id = beschikkingen_documentinhoud.document_id)",
        ),
        muur("beschikkingen_inlezing"),
    ]

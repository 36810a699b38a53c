"""The second wall around clients, decisions and documents. A provider comes in through its allocations."""

from django.db import migrations

from wmo_portal.lib.rls import muur


def eigen(kolom: str) -> str:
    return (
        f"in (select t.{kolom} from beschikkingen_toewijzing t"
        " where t.aanbieder_id = any((select wmo_sec.aanbieders())::int[]))"
    )


class Migration(migrations.Migration):
    dependencies = [("beschikkingen", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        muur("beschikkingen_toewijzing", aanbieder="aanbieder_id"),
        muur("beschikkingen_toewijzingevent", aanbieder="aanbieder_id"),
        muur("beschikkingen_stap", aanbieder="aanbieder_id"),
        muur("beschikkingen_client", extra=f"id {eigen('client_id')}"),
        muur("beschikkingen_beschikking", extra=f"id {eigen('beschikking_id')}"),
        muur("beschikkingen_beschikkingevent"),
        muur("beschikkingen_monitoringsmoment", extra=f"beschikking_id {eigen('beschikking_id')}"),
        muur("beschikkingen_document", aanbieder="aanbieder_id"),
        muur(
            "beschikkingen_documentinhoud", gemeente="", extra="document_id in (select d.id from beschikkingen_document d)"
        ),
    ]

"""The second wall: a publication and a quarterly talk are of who may see every municipality in them; actions of their talk."""

from django.db import migrations

from wmo_portal.lib.rls import muur

_ALLE_GEMEENTEN = "gemeenten <@ (select wmo_sec.gemeenten())::int[]"


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0003_opgave_muur")]
    operations = [
        muur("rapportage_publicatie", gemeente="", extra=_ALLE_GEMEENTEN),
        muur("rapportage_kwartaalgesprek", gemeente="", extra=_ALLE_GEMEENTEN),
        muur(
            "rapportage_gespreksactie",
            gemeente="",
            extra="exists (select 1 from rapportage_kwartaalgesprek g where g.id = rapportage_gespreksactie.gesprek_id)",
        ),
    ]

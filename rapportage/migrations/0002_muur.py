"""The second wall: a report is of who asked for it; a frozen quarter of who may see every municipality in it."""

from django.db import migrations

from wmo_portal.lib.rls import muur


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        muur("rapportage_rapport", gemeente="", extra="aanvrager_id = (select wmo_sec.gebruiker())"),
        muur(
            "rapportage_vaststelling",
            gemeente="",
            extra="gemeenten <@ (select wmo_sec.gemeenten())::int[]",
        ),
        muur("rapportage_vaststellingregel"),
    ]

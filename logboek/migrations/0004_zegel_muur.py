"""Seals are the system's own, and nobody changes one: not even the owner of the table, by plain SQL."""

from django.db import migrations

from wmo_portal.lib.rls import muur

VAST = (
    "create trigger onveranderlijk before update or delete on {tabel}"
    " for each statement execute function logboek_onveranderlijk();"
)
LOS = "drop trigger onveranderlijk on {tabel};"


def vast(tabel: str) -> migrations.RunSQL:
    return migrations.RunSQL(VAST.format(tabel=tabel), LOS.format(tabel=tabel))


class Migration(migrations.Migration):
    dependencies = [("logboek", "0003_zegel")]
    operations = [
        muur("logboek_zegel", gemeente=""),
        muur("logboek_zegelregel", gemeente=""),
        vast("logboek_zegel"),
        vast("logboek_zegelregel"),
    ]

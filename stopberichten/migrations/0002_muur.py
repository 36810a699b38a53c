"""The second wall around the message traffic. A file that names no owner is for the system and for who sent it in."""

from django.db import migrations

from wmo_portal.lib.rls import muur

INGESTUURD = (
    "(gemeente_id is null and aanbieder_id is null and ontvangen_door_id = (select wmo_sec.gebruiker()))"
)


class Migration(migrations.Migration):
    dependencies = [("stopberichten", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        *(
            muur(f"stopberichten_{tabel}", aanbieder="aanbieder_id")
            for tabel in (
                "levering",
                "stop",
                "stopevent",
                "toelichting",
                "toelichtingevent",
                "toelichtingregel",
            )
        ),
        muur("stopberichten_bericht", aanbieder="aanbieder_id", extra=INGESTUURD),
        migrations.RunSQL(
            "create sequence stopberichten_toelichtingnummer", "drop sequence stopberichten_toelichtingnummer"
        ),
        migrations.RunSQL("create sequence stopberichten_handbericht", "drop sequence stopberichten_handbericht"),
    ]

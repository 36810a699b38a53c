"""The second wall around the message traffic. A file that names no owner is for the system alone."""

from django.db import migrations

from wmo_portal.lib.rls import muur


class Migration(migrations.Migration):
    dependencies = [("stopberichten", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        *(
            muur(f"stopberichten_{tabel}", aanbieder="aanbieder_id")
            for tabel in (
                "bericht",
                "levering",
                "stop",
                "stopevent",
                "toelichting",
                "toelichtingevent",
                "toelichtingregel",
            )
        ),
        migrations.RunSQL(
            "create sequence stopberichten_toelichtingnummer", "drop sequence stopberichten_toelichtingnummer"
        ),
    ]

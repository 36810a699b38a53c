"""The second wall around judgements, rounds and reminders. Talks and rounds are the municipality's own."""

from django.db import migrations

from wmo_portal.lib.rls import muur


class Migration(migrations.Migration):
    dependencies = [("resultaat", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        *(
            muur(f"resultaat_{tabel}", aanbieder="aanbieder_id")
            for tabel in ("evaluatie", "informatievraag", "resultaat", "ronderegel", "herinnering", "termijnvrijstelling")
        ),
        muur("resultaat_gesprek"),
        muur("resultaat_ronde"),
    ]

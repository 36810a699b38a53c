"""A verdict is written into the row it is about, on the same page, without touching one index of it (HOT).

For that no index may hold the verdict, and a page must keep room for the new version of its rows. The list of stops
for the consulent reads the open ones of the municipality (`stop_open`), of which they are more than half; the index
by verdict also kept every stop that was settled years ago.

Pages that are full stay so until `vacuum full stopberichten_stop`: new ones have the room by themselves.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stopberichten", "0002_muur")]

    operations = [
        migrations.RemoveIndex(model_name="stop", name="stop_oordeel"),
        migrations.RunSQL(
            "alter table stopberichten_stop set (fillfactor = 75)",
            "alter table stopberichten_stop reset (fillfactor)",
        ),
    ]

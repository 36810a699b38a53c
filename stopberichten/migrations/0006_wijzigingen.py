"""The requests for a change of one municipality are found by index, and not among all forms it ever got."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stopberichten", "0005_stop_ontvangen")]

    operations = [
        migrations.AddIndex(
            model_name="toelichtingregel",
            index=models.Index(
                fields=["gemeente"],
                name="toelichtingregel_wijziging",
                condition=models.Q(("soort", "wijziging")),
            ),
        ),
    ]

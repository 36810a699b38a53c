"""The stops a municipality received lately are found by index: the worklist and the quality of messages ask for them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stopberichten", "0004_berichten_lichter")]

    operations = [
        migrations.AddIndex(
            model_name="stop",
            index=models.Index(fields=["gemeente", "ontvangen_op"], name="stop_ontvangen"),
        ),
    ]

"""The list of a municipality knows the provider too: which providers work here is asked on every worklist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beschikkingen", "0006_productcodes")]

    operations = [
        migrations.AddIndex(
            model_name="toewijzing",
            index=models.Index(
                fields=["gemeente", "status", "einddatum", "id"],
                include=["aanbieder"],
                name="toewijzing_van_gemeente",
            ),
        ),
        migrations.RemoveIndex(model_name="toewijzing", name="toewijzing_gemeente_lijst"),
    ]

"""Two lines of three in a round have no result: they need no entry in the index by result."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisaties", "0005_nummer_verplicht"),
        ("resultaat", "0003_vernietiging_muur"),
        ("stopberichten", "0003_minder_indexen"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ronderegel",
            name="resultaat",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resultaat.resultaat",
            ),
        ),
        migrations.AddIndex(
            model_name="ronderegel",
            index=models.Index(
                condition=models.Q(("resultaat__isnull", False)),
                fields=["resultaat"],
                name="ronderegel_resultaat",
            ),
        ),
    ]

"""Which product codes are in use is asked on the start page of the beheerder: by this index, not by reading all rows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("beschikkingen", "0005_afgeschermd"),
        ("organisaties", "0005_nummer_verplicht"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="toewijzing",
            index=models.Index(condition=models.Q(("productcode", ""), _negated=True), fields=["gemeente", "productcategorie", "productcode"], name="toewijzing_product"),
        ),
    ]

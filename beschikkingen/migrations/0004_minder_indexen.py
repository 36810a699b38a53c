"""Most decisions follow no other and were closed by no person: an index of those that do has an entry for those only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beschikkingen", "0003_behandelaar"),
        ("organisaties", "0005_nummer_verplicht"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="beschikking",
            name="gesloten_door",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="beschikking",
            name="voorganger",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opvolgers",
                to="beschikkingen.beschikking",
            ),
        ),
        migrations.AddIndex(
            model_name="beschikking",
            index=models.Index(
                condition=models.Q(("voorganger__isnull", False)),
                fields=["voorganger"],
                name="beschikking_opvolger",
            ),
        ),
    ]

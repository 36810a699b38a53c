import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisaties", "0002_opmerking"),
        ("rapportage", "0008_publicatie_en_gesprek_muur"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="opgavetoelichting", name="opgavetoelichting_eenmaal"),
        migrations.AddField(
            model_name="opgavetoelichting",
            name="gemeente",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: voor alle gemeenten.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisaties.gemeente",
            ),
        ),
        migrations.AddConstraint(
            model_name="opgavetoelichting",
            constraint=models.UniqueConstraint(
                fields=("opgave", "categorie", "gemeente"),
                name="opgavetoelichting_eenmaal",
                nulls_distinct=False,
            ),
        ),
    ]

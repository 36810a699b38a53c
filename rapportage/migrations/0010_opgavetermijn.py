import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisaties", "0002_opmerking"),
        ("rapportage", "0009_toelichting_per_gemeente"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opgavetermijn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kwartaal", models.CharField(help_text="Zoals 2026-K3.", max_length=7)),
                ("uiterste_datum", models.DateField()),
                ("regio", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="opgavetermijnen", to="organisaties.regio")),
            ],
            options={
                "ordering": ["regio", "-kwartaal"],
                "constraints": [
                    models.UniqueConstraint(fields=("regio", "kwartaal"), name="opgavetermijn_eenmaal"),
                    models.CheckConstraint(condition=models.Q(("kwartaal__regex", "^[0-9]{4}-K[1-4]$")), name="opgavetermijn_kwartaal_vorm"),
                ],
            },
        ),
    ]

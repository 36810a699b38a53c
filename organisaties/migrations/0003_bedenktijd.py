import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisaties", "0002_opmerking")]
    operations = [
        migrations.AddField(
            "gemeente",
            "bedenktijd_dagen",
            models.PositiveSmallIntegerField(
                default=14,
                validators=[django.core.validators.MinValueValidator(1)],
                help_text="Zoveel dagen na het voorstel mag een tweede persoon het vernietigen pas goedkeuren (R110).",
            ),
        ),
        migrations.AddConstraint(
            "gemeente",
            models.CheckConstraint(
                name="gemeente_heeft_bedenktijd", condition=models.Q(bedenktijd_dagen__gte=1)
            ),
        ),
    ]

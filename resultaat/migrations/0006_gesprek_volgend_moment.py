from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resultaat", "0005_voorganger_eenmaal")]
    operations = [
        migrations.AddField(
            "gesprek",
            "volgend_moment_datum",
            models.DateField(
                null=True, blank=True, help_text="Het volgende monitoringsmoment dat is afgesproken (R20)."
            ),
        )
    ]

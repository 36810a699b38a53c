from django.db import migrations, models


class Migration(migrations.Migration):
    """TR019 asks for a number in the output- and inspanningsgerichte variants only (IV096: taakgericht may do
    without), and a message does not say which variant it is of: the municipality does."""

    dependencies = [("organisaties", "0004_inlogdienst")]
    operations = [
        migrations.AddField(
            "gemeente",
            "nummer_verplicht",
            models.BooleanField(
                default=False,
                help_text="Aan: een start of stop zonder toewijzingnummer wordt afgekeurd (TR019). "
                "Alleen als de gemeente nergens taakgericht werkt, want daar mag het nummer ontbreken.",
            ),
        )
    ]

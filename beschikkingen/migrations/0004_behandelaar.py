"""Who handles a dossier: somebody of that very municipality, by the database.

The key goes to (person, municipality), not to the person alone: nobody of Delft can be given a dossier of Westland, and
when somebody no longer works for a municipality his dossiers there are nobody's in particular again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beschikkingen", "0003_inlezing"),
        ("organisaties", "0003_bedenktijd"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "client",
            "behandelaar",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="De consulent die het dossier behandelt; leeg: niemand in het bijzonder.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("client", models.Index(fields=["behandelaar"], name="client_behandelaar")),
        migrations.RunSQL(
            "alter table beschikkingen_client add constraint client_behandelaar_fk"
            " foreign key (behandelaar_id, gemeente_id)"
            " references organisaties_gebruiker_gemeenten (gebruiker_id, gemeente_id)"
            " on delete set null (behandelaar_id) deferrable initially deferred;",
            "alter table beschikkingen_client drop constraint client_behandelaar_fk;",
        ),
    ]

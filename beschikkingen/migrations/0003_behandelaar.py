"""Who handles a dossier works for its municipality; when that ends, nobody in particular handles it.

Only the column of the person is emptied then, which Django's constraints cannot say.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("beschikkingen", "0002_muur"), ("organisaties", "0003_bedenktijd")]
    operations = [
        migrations.RunSQL(
            "alter table beschikkingen_client add constraint client_behandelaar_fk"
            " foreign key (behandelaar_id, gemeente_id)"
            " references organisaties_gebruiker_gemeenten (gebruiker_id, gemeente_id)"
            " on delete set null (behandelaar_id) deferrable initially deferred;",
            "alter table beschikkingen_client drop constraint client_behandelaar_fk;",
        ),
    ]

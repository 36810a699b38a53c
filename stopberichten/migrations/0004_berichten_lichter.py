"""A message is written with less: five index entries fewer, and nobody tries to compress what was encrypted.

Municipality and provider each begin a list index already. Who brought a message in by hand, who took its answer out by
hand and which message settled it are empty nearly always; only what is filled stands in those indexes now.

The indexes are dropped by name: changing the fields would also drop their foreign keys and check all rows anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INDEXEN = {
    "stopberichten_bericht_gemeente_id_92969f40": "gemeente_id",
    "stopberichten_bericht_aanbieder_id_c0a24e25": "aanbieder_id",
    "stopberichten_bericht_ontvangen_door_id_a8196c41": "ontvangen_door_id",
    "stopberichten_bericht_retour_verstuurd_door_id_38ab011d": "retour_verstuurd_door_id",
    "stopberichten_bericht_herbeoordeeld_in_id_564e85cc": "herbeoordeeld_in_id",
}


def _zonder_index(naam: str, naar: str, *, sleutel: bool = True, omgekeerd: str = "+") -> migrations.AlterField:
    veld = models.ForeignKey(
        naar,
        blank=True,
        null=True,
        db_constraint=sleutel,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=omgekeerd,
    )
    return migrations.AlterField(model_name="bericht", name=naam, field=veld)


def _alleen_gevuld(veld: str) -> migrations.AddIndex:
    gevuld = models.Q((f"{veld}__isnull", False))
    index = models.Index(condition=gevuld, fields=[veld], name=f"bericht_{veld}")
    return migrations.AddIndex(model_name="bericht", index=index)


class Migration(migrations.Migration):
    dependencies = [
        ("organisaties", "0005_nummer_verplicht"),
        ("stopberichten", "0003_minder_indexen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"drop index {naam}", f"create index {naam} on stopberichten_bericht ({kolom})"
                )
                for naam, kolom in INDEXEN.items()
            ],
            state_operations=[
                _zonder_index("gemeente", "organisaties.gemeente"),
                _zonder_index("aanbieder", "organisaties.aanbieder"),
                _zonder_index("ontvangen_door", settings.AUTH_USER_MODEL),
                _zonder_index("retour_verstuurd_door", settings.AUTH_USER_MODEL),
                _zonder_index(
                    "herbeoordeeld_in",
                    "stopberichten.bericht",
                    sleutel=False,
                    omgekeerd="herbeoordeling_van",
                ),
            ],
        ),
        *map(_alleen_gevuld, ("ontvangen_door", "retour_verstuurd_door", "herbeoordeeld_in")),
        migrations.RunSQL(
            "alter table stopberichten_bericht alter inhoud set storage external, alter retour set storage external",
            "alter table stopberichten_bericht alter inhoud set storage extended, alter retour set storage extended",
        ),
    ]

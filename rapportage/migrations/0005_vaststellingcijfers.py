"""The numbers of a frozen quarter beside its rows; their wall is that of the quarter itself.

Quarters that were frozen before stay as they are and are read from their rows, as the release before this one does, until
`manage.py vaststelling_controle` has counted them.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import wmo_portal.lib.samengesteld
from django.db import migrations, models

from wmo_portal.lib.rls import muur


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0005_nummer_verplicht'),
        ('rapportage', '0004_publicatie_en_gesprek_muur'),
    ]

    operations = [
        migrations.CreateModel(
            name='VaststellingCijfers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inhoud', models.JSONField()),
                ('sha256', models.CharField(help_text='Over de cijfers, de kop en het zegel van de vaststelling.', max_length=64)),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
                ('vaststelling', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='cijfers', to='rapportage.vaststelling')),
            ],
            options={
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('regio',), naar='rapportage.Vaststelling', name='vaststellingcijfers_fk', veld='vaststelling')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vaststellingcijfers',
            trigger=pgtrigger.compiler.Trigger(name='vaststellingcijfers_blijft', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a7c41c93f95a8284303b3c834ddb67257700e796', operation='UPDATE OR DELETE', pgid='pgtrigger_vaststellingcijfers_blijft_e4482', table='rapportage_vaststellingcijfers', when='BEFORE')),
        ),
        muur(
            'rapportage_vaststellingcijfers',
            gemeente='',
            extra='exists (select 1 from rapportage_vaststelling v where v.id = vaststelling_id)',
        ),
    ]

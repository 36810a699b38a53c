"""The keeping date of one dossier, changed by hand (U15): the rows, their wall, and their place in the destruction.

Destroying is one function of the database (0003). It is read back and gets one table more, so that there is one text of
it; a function that no longer looks as expected stops the migration.
"""

import django.db.models.deletion
import wmo_portal.lib.samengesteld
from django.conf import settings
from django.db import migrations, models

from wmo_portal.lib.rls import muur

ERBIJ = """
do $do$
declare
    bron text := pg_get_functiondef('wmo_sec.vernietig'::regproc);
    nieuw text := replace(bron, $$['resultaat_suiteregel',$$,
        $$['resultaat_bewaarwijziging', 'beschikking_id = any($2)'],
        ['resultaat_suiteregel',$$);
begin
    if nieuw = bron then
        raise exception 'wmo_sec.vernietig ziet er anders uit dan verwacht.';
    end if;
    execute nieuw;
end $do$;
"""
WEER_ERAF = """
do $do$
begin
    execute replace(pg_get_functiondef('wmo_sec.vernietig'::regproc),
        $$['resultaat_bewaarwijziging', 'beschikking_id = any($2)'],$$, '');
end $do$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('beschikkingen', '0004_minder_indexen'),
        ('organisaties', '0005_nummer_verplicht'),
        ('resultaat', '0005_rondebesluit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bewaarwijziging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('van_datum', models.DateField(help_text='De laatste dag van de termijn zoals die was.')),
                ('naar_datum', models.DateField(help_text='De laatste dag van de termijn zoals die werd.')),
                ('grond', models.CharField(choices=[('langer', 'Langer bewaren, of terug naar de termijn van de gemeente'), ('verzoek', 'Korter bewaren, omdat de cliënt daarom vroeg')], max_length=12)),
                ('reden', models.TextField()),
                ('gewijzigd_op', models.DateTimeField()),
                ('beschikking', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bewaarwijzigingen', to='beschikkingen.beschikking')),
                ('gemeente', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('gewijzigd_door', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['beschikking', '-id'], name='bewaarwijziging_dossier')],
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Beschikking', name='bewaarwijziging_beschikking_fk', veld='beschikking'), models.CheckConstraint(condition=models.Q(('reden', ''), _negated=True), name='bewaarwijziging_heeft_reden'), models.CheckConstraint(condition=models.Q(('van_datum', models.F('naar_datum')), _negated=True), name='bewaarwijziging_is_anders')],
            },
        ),
        muur("resultaat_bewaarwijziging"),
        migrations.RunSQL(ERBIJ, WEER_ERAF),
    ]

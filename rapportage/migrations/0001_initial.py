import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import rapportage.enums_opgave
import rapportage.models.opgave
import rapportage.statussen
import uuid
import wmo_portal.lib.samengesteld
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('beschikkingen', '0001_initial'),
        ('organisaties', '0005_nummer_verplicht'),
    ]

    operations = [
        migrations.CreateModel(
            name='Beleidsdoel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('tekst', models.CharField(max_length=300)),
                ('volgorde', models.PositiveSmallIntegerField(default=0)),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Van (tot en met die dag) tot (die dag niet meer).')),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beleidsdoelen', to='organisaties.regio')),
            ],
            options={
                'ordering': ['regio', 'volgorde', 'code'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('regio', '='), ('code', '='), ('geldig', '&&')], name='beleidsdoel_geen_overlap')],
            },
        ),
        migrations.CreateModel(
            name='Categorieafspraak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reden', models.CharField(choices=[('02', 'Overlijden'), ('19', 'Levering volgens plan beëindigd'), ('20', 'Levering is tijdelijk beëindigd'), ('21', 'Levering is eenzijdig door cliënt beëindigd'), ('22', 'Levering is eenzijdig door aanbieder beëindigd'), ('23', 'Levering is in overeenstemming voortijdig beëindigd'), ('31', 'Verhuizing naar een andere gemeente'), ('36', 'Geïnitieerd door de gemeente'), ('37', 'In verband met wijzigingsverzoek'), ('38', 'Overstap naar andere aanbieder'), ('39', 'Uitstroom naar ander domein')], max_length=2)),
                ('categorie', models.CharField(max_length=12)),
                ('zekerheid', models.CharField(choices=[('zeker', 'Staat in de bron'), ('afgeleid', 'Afgeleid: de bron is hier stil of onleesbaar')], max_length=10)),
                ('uitleg', models.CharField(max_length=300)),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categorieafspraken', to='organisaties.regio')),
            ],
            options={
                'ordering': ['regio', 'reden'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('regio', '='), ('reden', '='), ('geldig', '&&')], name='categorieafspraak_geen_overlap')],
            },
        ),
        migrations.CreateModel(
            name='Kwartaalgesprek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kwartaal', models.CharField(help_text='Zoals 2026-K3.', max_length=7)),
                ('gemeenten', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='De gemeenten van de regio toen het begon.', size=None)),
                ('gespreksdatum', models.DateField(blank=True, null=True)),
                ('verslag', models.TextField(blank=True)),
                ('versie', models.PositiveIntegerField(default=1)),
                ('begonnen_op', models.DateTimeField()),
                ('bewaard_op', models.DateTimeField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('begonnen_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bewaard_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
            ],
            options={
                'ordering': ['-kwartaal', 'regio', 'aanbieder'],
                'constraints': [models.UniqueConstraint(fields=('regio', 'aanbieder', 'kwartaal'), name='gesprek_eenmaal'), models.UniqueConstraint(fields=('id', 'aanbieder'), name='gesprek_id_aanbieder'), models.CheckConstraint(condition=models.Q(('kwartaal__regex', '^[0-9]{4}-K[1-4]$')), name='gesprek_kwartaal_vorm'), models.CheckConstraint(condition=models.Q(('gemeenten__len__gt', 0)), name='gesprek_heeft_gemeenten'), models.CheckConstraint(condition=models.Q(models.Q(('bewaard_door__isnull', True), ('bewaard_op__isnull', True)), models.Q(('bewaard_door__isnull', False), ('bewaard_op__isnull', False)), _connector='OR'), name='gesprek_bewaard_paar')],
            },
        ),
        migrations.CreateModel(
            name='Gespreksactie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('tekst', models.TextField()),
                ('wie', models.CharField(help_text='Wie het doet.', max_length=100)),
                ('uiterlijk_datum', models.DateField(blank=True, null=True)),
                ('versie', models.PositiveIntegerField(default=1)),
                ('afgesproken_op', models.DateTimeField()),
                ('gedaan_op', models.DateTimeField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('afgesproken_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gedaan_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gesprek', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='acties', to='rapportage.kwartaalgesprek')),
            ],
            options={
                'ordering': ['uiterlijk_datum', 'pk'],
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalgesprek', name='gespreksactie_gesprek_fk', veld='gesprek'), models.CheckConstraint(condition=models.Q(models.Q(('tekst', ''), _negated=True), models.Q(('wie', ''), _negated=True)), name='gespreksactie_niet_leeg'), models.CheckConstraint(condition=models.Q(models.Q(('gedaan_door__isnull', True), ('gedaan_op__isnull', True)), models.Q(('gedaan_door__isnull', False), ('gedaan_op__isnull', False)), _connector='OR'), name='gespreksactie_gedaan_paar')],
            },
        ),
        migrations.CreateModel(
            name='Kwartaalopgave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kwartaal', models.CharField(help_text='Zoals 2026-K3.', max_length=7)),
                ('gemeenten', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='De gemeenten van de regio toen zij begon.', size=None)),
                ('status', models.CharField(choices=[('concept', 'Concept'), ('ingediend', 'Ingediend'), ('vragen', 'Vragen van de gemeente'), ('opnieuw', 'Opnieuw ingediend'), ('vastgesteld', 'Vastgesteld')], default=rapportage.enums_opgave.OpgaveStatus['CONCEPT'], max_length=12)),
                ('versie', models.PositiveIntegerField(default=1, help_text='Loopt op bij elke overgang.')),
                ('begonnen_op', models.DateTimeField()),
                ('indieningen', models.PositiveSmallIntegerField(default=0)),
                ('ingediend_op', models.DateTimeField(blank=True, null=True)),
                ('vastgesteld_op', models.DateTimeField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('begonnen_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ingediend_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
                ('vastgesteld_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-kwartaal', 'regio', 'aanbieder'],
                'constraints': [models.UniqueConstraint(fields=('regio', 'aanbieder', 'kwartaal'), name='opgave_eenmaal'), models.UniqueConstraint(fields=('id', 'aanbieder'), name='opgave_id_aanbieder'), models.CheckConstraint(condition=models.Q(('kwartaal__regex', '^[0-9]{4}-K[1-4]$')), name='opgave_kwartaal_vorm'), models.CheckConstraint(condition=models.Q(('gemeenten__len__gt', 0)), name='opgave_heeft_gemeenten'), models.CheckConstraint(condition=models.Q(models.Q(('status', rapportage.enums_opgave.OpgaveStatus['CONCEPT']), ('indieningen', 0), ('ingediend_door__isnull', True), ('ingediend_op__isnull', True)), models.Q(models.Q(('status', rapportage.enums_opgave.OpgaveStatus['CONCEPT']), _negated=True), ('indieningen__gt', 0), ('ingediend_door__isnull', False), ('ingediend_op__isnull', False)), _connector='OR'), name='opgave_ingediend_paar'), models.CheckConstraint(condition=models.Q(models.Q(('status', rapportage.enums_opgave.OpgaveStatus['VASTGESTELD']), ('vastgesteld_door__isnull', False), ('vastgesteld_op__isnull', False)), models.Q(models.Q(('status', rapportage.enums_opgave.OpgaveStatus['VASTGESTELD']), _negated=True), ('vastgesteld_door__isnull', True), ('vastgesteld_op__isnull', True)), _connector='OR'), name='opgave_vastgesteld_paar')],
            },
        ),
        migrations.CreateModel(
            name='Clientervaring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gevraagd', models.BooleanField(blank=True, null=True)),
                ('waarom_niet', models.TextField(blank=True)),
                ('hoe', models.TextField(blank=True)),
                ('aandachtspunten', models.TextField(blank=True)),
                ('clientenraad', models.TextField(blank=True)),
                ('betrokken_wijze', models.TextField(blank=True)),
                ('betrokken_punten', models.TextField(blank=True)),
                ('meebepalen', models.TextField(blank=True)),
                ('overgenomen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('overgenomen_uit', models.CharField(blank=True, max_length=7)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='ervaringen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave',), name='clientervaring_eenmaal'), models.CheckConstraint(condition=models.Q(('overgenomen__len', 0), models.Q(('overgenomen_uit', ''), _negated=True), _connector='OR'), name='clientervaring_overgenomen_zegt_waaruit'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='clientervaring_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='BeleidsdoelScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('realisatie', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('ambitie', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('prioriteit', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('toelichting', models.TextField(blank=True)),
                ('overgenomen', models.BooleanField(default=False, help_text='Nog gelijk aan het vorige kwartaal.')),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('doel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rapportage.beleidsdoel')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'doel'), name='doelscore_eenmaal'), models.CheckConstraint(condition=models.Q(models.Q(('realisatie__isnull', True), ('realisatie__range', (1, 4)), _connector='OR'), models.Q(('ambitie__isnull', True), ('ambitie__range', (1, 4)), _connector='OR'), models.Q(('prioriteit__isnull', True), ('prioriteit__range', (1, 4)), _connector='OR')), name='doelscore_een_tot_vier'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='doelscore_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='Opgaveafspraak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dagen', models.PositiveSmallIntegerField(default=30, help_text='Zoveel dagen na het kwartaal moet de opgave er zijn.', validators=[django.core.validators.MaxValueValidator(180)])),
                ('herinner_dagen', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=rapportage.models.opgave._herinnermomenten, help_text='Zoveel dagen voor de uiterste dag gaat er een herinnering uit; 0 is de dag zelf.', size=None)),
                ('regio', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opgaveafspraak', to='organisaties.regio')),
            ],
        ),
        migrations.CreateModel(
            name='OpgaveCorrectie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.CharField(help_text='Als in de rapporten: geen weg terug naar de persoon.', max_length=32)),
                ('wordt', models.CharField(choices=[('niet_mee', 'Telt niet mee'), ('01', 'Beëindigd volgens plan'), ('02', 'Voortijdig afgesloten: in overeenstemming'), ('03', 'Voortijdig afgesloten: eenzijdig door de cliënt'), ('04', 'Voortijdig afgesloten: eenzijdig door de aanbieder'), ('05', 'Voortijdig afgesloten: wegens externe omstandigheden'), ('nog_in_zorg', 'Nog in zorg')], max_length=12)),
                ('reden', models.TextField()),
                ('gecorrigeerd_op', models.DateTimeField()),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gecorrigeerd_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='correcties', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'gemeente', 'sleutel'), name='opgavecorrectie_eenmaal'), models.CheckConstraint(condition=models.Q(('reden', ''), _negated=True), name='opgavecorrectie_heeft_reden'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavecorrectie_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveDeel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deel', models.CharField(choices=[('uitval', 'Uitval'), ('ervaring', 'Cliëntervaring'), ('doelen', 'Beleidsdoelen')], max_length=10)),
                ('versie', models.PositiveIntegerField(default=1)),
                ('bewaard_op', models.DateTimeField(blank=True, null=True)),
                ('bewaard_vanuit', models.UUIDField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('bewaard_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='delen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'deel'), name='opgavedeel_eenmaal'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavedeel_opgave_fk', veld='opgave'), models.CheckConstraint(condition=models.Q(models.Q(('bewaard_door__isnull', True), ('bewaard_op__isnull', True)), models.Q(('bewaard_door__isnull', False), ('bewaard_op__isnull', False)), _connector='OR'), name='opgavedeel_bewaard_paar')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beschikkingen.document')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='documenten', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document',), name='opgavedocument_eenmaal'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavedocument_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveGemeente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geen_clienten', models.BooleanField(default=False)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='gemeenteregels', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'gemeente'), name='opgavegemeente_eenmaal'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavegemeente_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveIndiening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volgnummer', models.PositiveSmallIntegerField()),
                ('inhoud', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('ingediend_op', models.DateTimeField()),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('ingediend_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='verzonden', to='rapportage.kwartaalopgave')),
            ],
            options={
                'ordering': ['opgave', '-volgnummer'],
                'constraints': [models.UniqueConstraint(fields=('opgave', 'volgnummer'), name='opgaveindiening_eenmaal'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgaveindiening_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveInlezing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('deel', models.CharField(choices=[('uitval', 'Uitval'), ('ervaring', 'Cliëntervaring'), ('doelen', 'Beleidsdoelen')], max_length=10)),
                ('bestandsnaam', models.CharField(max_length=200)),
                ('verslag', models.JSONField(help_text='Per rij: nummer, gelukt, zin, en de rij zoals gelezen.')),
                ('ingelezen_op', models.DateTimeField()),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('ingelezen_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='inlezingen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'ordering': ['-ingelezen_op', '-pk'],
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgaveinlezing_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='Opgavetermijn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kwartaal', models.CharField(help_text='Zoals 2026-K3.', max_length=7)),
                ('uiterste_datum', models.DateField()),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opgavetermijnen', to='organisaties.regio')),
            ],
            options={
                'ordering': ['regio', '-kwartaal'],
                'constraints': [models.UniqueConstraint(fields=('regio', 'kwartaal'), name='opgavetermijn_eenmaal'), models.CheckConstraint(condition=models.Q(('kwartaal__regex', '^[0-9]{4}-K[1-4]$')), name='opgavetermijn_kwartaal_vorm')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveToelichting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('categorie', models.CharField(choices=[('01', 'Beëindigd volgens plan'), ('02', 'Voortijdig afgesloten: in overeenstemming'), ('03', 'Voortijdig afgesloten: eenzijdig door de cliënt'), ('04', 'Voortijdig afgesloten: eenzijdig door de aanbieder'), ('05', 'Voortijdig afgesloten: wegens externe omstandigheden'), ('nog_in_zorg', 'Nog in zorg'), ('algemeen', 'Algemeen')], max_length=12)),
                ('tekst', models.TextField(blank=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gemeente', models.ForeignKey(blank=True, help_text='Leeg: voor alle gemeenten.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='toelichtingen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'categorie', 'gemeente'), name='opgavetoelichting_eenmaal', nulls_distinct=False), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavetoelichting_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveUitval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('maatwerk', 'Maatwerkvoorziening'), ('algemeen', 'Algemene voorziening')], max_length=10)),
                ('categorie', models.CharField(choices=[('01', 'Beëindigd volgens plan'), ('02', 'Voortijdig afgesloten: in overeenstemming'), ('03', 'Voortijdig afgesloten: eenzijdig door de cliënt'), ('04', 'Voortijdig afgesloten: eenzijdig door de aanbieder'), ('05', 'Voortijdig afgesloten: wegens externe omstandigheden'), ('nog_in_zorg', 'Nog in zorg')], max_length=12)),
                ('getypt', models.TextField()),
                ('reden', models.TextField(blank=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='aantallen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opgave', 'gemeente', 'soort', 'categorie'), name='opgaveuitval_eenmaal'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgaveuitval_opgave_fk', veld='opgave')],
            },
        ),
        migrations.CreateModel(
            name='OpgaveVraag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('deel', models.CharField(blank=True, choices=[('uitval', 'Uitval'), ('ervaring', 'Cliëntervaring'), ('doelen', 'Beleidsdoelen')], max_length=10)),
                ('vraag', models.TextField()),
                ('gesteld_op', models.DateTimeField()),
                ('antwoord', models.TextField(blank=True)),
                ('beantwoord_op', models.DateTimeField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('beantwoord_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gesteld_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opgave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='vragen', to='rapportage.kwartaalopgave')),
            ],
            options={
                'ordering': ['opgave', 'gesteld_op', 'pk'],
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('aanbieder',), naar='rapportage.Kwartaalopgave', name='opgavevraag_opgave_fk', veld='opgave'), models.CheckConstraint(condition=models.Q(('vraag', ''), _negated=True), name='opgavevraag_niet_leeg'), models.CheckConstraint(condition=models.Q(models.Q(('antwoord', ''), ('beantwoord_door__isnull', True), ('beantwoord_op__isnull', True)), models.Q(('beantwoord_door__isnull', False), ('beantwoord_op__isnull', False), models.Q(('antwoord', ''), _negated=True)), _connector='OR'), name='opgavevraag_beantwoord_paar')],
            },
        ),
        migrations.CreateModel(
            name='Publicatie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('soort', models.CharField(choices=[('uitval', 'Uitval'), ('resultaat', 'Resultaat behaald')], max_length=12)),
                ('kwartaal', models.CharField(help_text='Zoals 2026-K3.', max_length=7)),
                ('gemeenten', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='Van wie cijfers in deze publicatie staan.', size=None)),
                ('drempel', models.PositiveSmallIntegerField(help_text='Aantallen van 1 tot dit getal zijn afgeschermd.')),
                ('inhoud', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('gepubliceerd_op', models.DateTimeField()),
                ('gepubliceerd_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
            ],
            options={
                'ordering': ['-kwartaal', 'regio', 'soort'],
                'constraints': [models.UniqueConstraint(fields=('soort', 'regio', 'kwartaal'), name='publicatie_eenmaal'), models.CheckConstraint(condition=models.Q(('kwartaal__regex', '^[0-9]{4}-K[1-4]$')), name='publicatie_kwartaal_vorm'), models.CheckConstraint(condition=models.Q(('drempel__gte', 5), ('drempel__lte', 100)), name='publicatie_drempel'), models.CheckConstraint(condition=models.Q(('gemeenten__len__gt', 0)), name='publicatie_heeft_gemeenten')],
            },
        ),
        migrations.CreateModel(
            name='Rapport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('soort', models.CharField(choices=[('uitval', 'Uitval'), ('vaststelling', 'Vastgesteld kwartaal'), ('opgave', 'Kwartaalopgave'), ('resultaat', 'Resultaat behaald'), ('gesprek', 'Kwartaalgesprek')], max_length=12)),
                ('titel', models.CharField(max_length=200)),
                ('filters', models.JSONField(default=dict, help_text='De keuzes waarmee het rapport is gevraagd.')),
                ('status', models.CharField(choices=[('aangevraagd', 'In de wachtrij'), ('bezig', 'Wordt gemaakt'), ('klaar', 'Klaar'), ('mislukt', 'Niet gelukt'), ('verlopen', 'Verlopen')], default=rapportage.statussen.RapportStatus['AANGEVRAAGD'], max_length=12)),
                ('automatisch', models.CharField(blank=True, help_text='Waarvoor het portaal het zelf vroeg, zoals ‘h5|2026-K3’; leeg: door de persoon.', max_length=60)),
                ('aangevraagd_op', models.DateTimeField()),
                ('begonnen_op', models.DateTimeField(blank=True, null=True)),
                ('klaar_op', models.DateTimeField(blank=True, null=True)),
                ('verloopt_op', models.DateTimeField()),
                ('bestandsnaam', models.CharField(max_length=120)),
                ('versleuteld', models.BinaryField(blank=True, null=True)),
                ('grootte', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('fout', models.TextField(blank=True)),
                ('aanvrager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-aangevraagd_op', '-id'],
                'indexes': [models.Index(fields=['aanvrager', '-aangevraagd_op'], name='rapport_mijn'), models.Index(condition=models.Q(('status__in', [rapportage.statussen.RapportStatus['AANGEVRAAGD'], rapportage.statussen.RapportStatus['BEZIG']])), fields=['aangevraagd_op'], name='rapport_wachtend')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('automatisch', ''), _negated=True), fields=('aanvrager', 'automatisch'), name='rapport_automatisch_eenmaal'), models.CheckConstraint(condition=models.Q(models.Q(('klaar_op__isnull', False), ('status', rapportage.statussen.RapportStatus['KLAAR']), ('versleuteld__isnull', False)), models.Q(models.Q(('status', rapportage.statussen.RapportStatus['KLAAR']), _negated=True), ('versleuteld__isnull', True)), _connector='OR'), name='rapport_klaar_heeft_bestand'), models.CheckConstraint(condition=models.Q(models.Q(('status', rapportage.statussen.RapportStatus['MISLUKT']), _negated=True), models.Q(('fout', ''), _negated=True), _connector='OR'), name='rapport_mislukt_zegt_waarom')],
            },
        ),
        migrations.CreateModel(
            name='Vaststelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kwartaal', models.CharField(help_text='Zoals 2026-K3.', max_length=7)),
                ('versie', models.PositiveSmallIntegerField(default=1)),
                ('reden', models.TextField(blank=True, help_text='Waarom een nieuwe versie nodig was; bij versie 1 leeg.')),
                ('gemeenten', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='Van wie cijfers in deze vaststelling staan.', size=None)),
                ('definities', models.CharField(max_length=20)),
                ('afspraken', models.JSONField(help_text='De codetabel waarmee is geteld, rij voor rij.')),
                ('namen', models.JSONField(help_text='Namen van gemeenten en aanbieders zoals ze toen waren.')),
                ('los', models.JSONField(default=dict, help_text='Berichten die toen nog niet gekoppeld waren.')),
                ('sha256', models.CharField(max_length=64)),
                ('vastgesteld_op', models.DateTimeField()),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
                ('vastgesteld_door', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-kwartaal', 'regio', '-versie'],
                'constraints': [models.UniqueConstraint(fields=('regio', 'kwartaal', 'versie'), name='vaststelling_versie_uniek'), models.UniqueConstraint(fields=('id', 'regio'), name='vaststelling_id_regio'), models.CheckConstraint(condition=models.Q(models.Q(('reden', ''), ('versie', 1)), models.Q(('versie__gt', 1), models.Q(('reden', ''), _negated=True)), _connector='OR'), name='vaststelling_nieuwe_versie_heeft_reden'), models.CheckConstraint(condition=models.Q(('kwartaal__regex', '^[0-9]{4}-K[1-4]$')), name='vaststelling_kwartaal_vorm'), models.CheckConstraint(condition=models.Q(('gemeenten__len__gt', 0)), name='vaststelling_heeft_gemeenten')],
            },
        ),
        migrations.CreateModel(
            name='VaststellingRegel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.CharField(max_length=32)),
                ('afgeschermd', models.BooleanField(default=False)),
                ('categorie', models.CharField(blank=True, choices=[('01', 'Beëindigd volgens plan'), ('02', 'Voortijdig afgesloten: in overeenstemming'), ('03', 'Voortijdig afgesloten: eenzijdig door de cliënt'), ('04', 'Voortijdig afgesloten: eenzijdig door de aanbieder'), ('05', 'Voortijdig afgesloten: wegens externe omstandigheden'), ('nog_in_zorg', 'Nog in zorg')], max_length=12)),
                ('buiten', models.CharField(blank=True, choices=[('voor_periode', 'De hulp eindigde voor de periode'), ('na_periode', 'De hulp start na de periode'), ('niet_gestart', 'De hulp is niet gestart'), ('pgb', 'Alleen persoonsgebonden budget'), ('geen_zorg', 'Geen zorg bij deze aanbieder')], max_length=12)),
                ('reden', models.CharField(blank=True, choices=[('02', 'Overlijden'), ('19', 'Levering volgens plan beëindigd'), ('20', 'Levering is tijdelijk beëindigd'), ('21', 'Levering is eenzijdig door cliënt beëindigd'), ('22', 'Levering is eenzijdig door aanbieder beëindigd'), ('23', 'Levering is in overeenstemming voortijdig beëindigd'), ('31', 'Verhuizing naar een andere gemeente'), ('36', 'Geïnitieerd door de gemeente'), ('37', 'In verband met wijzigingsverzoek'), ('38', 'Overstap naar andere aanbieder'), ('39', 'Uitstroom naar ander domein')], max_length=2)),
                ('zin', models.TextField()),
                ('afgeleid', models.BooleanField(default=False)),
                ('nakijken', models.BooleanField(default=False)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.regio')),
                ('vaststelling', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='regels', to='rapportage.vaststelling')),
            ],
            options={
                'ordering': ['gemeente_id', 'aanbieder_id', 'sleutel'],
                'constraints': [wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('regio',), naar='rapportage.Vaststelling', name='vaststellingregel_fk', veld='vaststelling'), models.UniqueConstraint(fields=('vaststelling', 'gemeente', 'aanbieder', 'sleutel'), name='vaststellingregel_eenmaal'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('categorie', ''), _negated=True), ('buiten', '')), models.Q(('categorie', ''), models.Q(('buiten', ''), _negated=True)), _connector='OR'), name='vaststellingregel_categorie_of_buiten')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opgaveindiening',
            trigger=pgtrigger.compiler.Trigger(name='opgaveindiening_blijft', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='52942cc25795d36c1ea60492d9cf9fd9f5c390d2', operation='UPDATE OR DELETE', pgid='pgtrigger_opgaveindiening_blijft_454a8', table='rapportage_opgaveindiening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicatie',
            trigger=pgtrigger.compiler.Trigger(name='publicatie_blijft', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='97931305830691dd44eca142be180be70d232cae', operation='UPDATE OR DELETE', pgid='pgtrigger_publicatie_blijft_a3c05', table='rapportage_publicatie', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vaststelling',
            trigger=pgtrigger.compiler.Trigger(name='vaststelling_blijft', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76122313a1cee110d9e3e4309e4484cc18002f64', operation='UPDATE OR DELETE', pgid='pgtrigger_vaststelling_blijft_5082b', table='rapportage_vaststelling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vaststellingregel',
            trigger=pgtrigger.compiler.Trigger(name='vaststellingregel_blijft', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3a12f2e31a8803559cab7afa16ae0cf64a22bc7e', operation='UPDATE OR DELETE', pgid='pgtrigger_vaststellingregel_blijft_bf92f', table='rapportage_vaststellingregel', when='BEFORE')),
        ),
    ]

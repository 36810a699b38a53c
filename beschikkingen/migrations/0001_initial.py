import beschikkingen.enums
import beschikkingen.models.dossier
import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
import wmo_portal.lib.samengesteld
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisaties', '0005_nummer_verplicht'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('soort', models.CharField(choices=[('evaluatieformulier', 'Evaluatieformulier'), ('zorgplan', 'Zorgplan'), ('bijlage', 'Bijlage'), ('clientervaring', 'Rapport cliëntervaring'), ('clientenraad', 'Stuk van de cliëntenraad'), ('uitvalbestand', 'Opgave uitval')], max_length=20)),
                ('naam', models.CharField(help_text='De bestandsnaam zoals ontvangen, zonder map.', max_length=200)),
                ('mediatype', models.CharField(max_length=100)),
                ('grootte', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('quarantaine', 'Wordt gecontroleerd'), ('vrij', 'Gecontroleerd'), ('geweigerd', 'Geweigerd')], default=beschikkingen.enums.DocumentStatus['QUARANTAINE'], max_length=12)),
                ('bevinding', models.TextField(blank=True, default='')),
                ('geupload_op', models.DateTimeField()),
                ('aanbieder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
            ],
        ),
        migrations.CreateModel(
            name='Beschikking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('nummer', models.CharField(max_length=40)),
                ('soort', models.CharField(choices=[('met_einddatum', 'Beschikking met einddatum'), ('zonder_einddatum', 'Beschikking zonder einddatum'), ('getrapt', 'Getrapte indicatie')], max_length=20)),
                ('ingangsdatum', models.DateField()),
                ('einddatum', models.DateField(blank=True, null=True)),
                ('registratiedatum', models.DateField(help_text='De dag waarop de beschikking in het portaal kwam (R62).')),
                ('status', models.CharField(choices=[('lopend', 'Loopt'), ('gesloten', 'Gesloten'), ('ingetrokken', 'Ingetrokken')], default=beschikkingen.enums.BeschikkingStatus['LOPEND'], max_length=12)),
                ('gesloten_op', models.DateTimeField(blank=True, null=True)),
                ('vernietigen_na_datum', models.DateField(blank=True, help_text='Bewaartermijn, bepaald bij sluiten.', null=True)),
                ('versie', models.PositiveIntegerField(default=1)),
                ('gemeente', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('gesloten_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voorganger', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opvolgers', to='beschikkingen.beschikking')),
            ],
            options={
                'indexes': [models.Index(fields=['gemeente', 'status', 'einddatum', 'id'], name='beschikking_lijst')],
                'constraints': [models.UniqueConstraint(fields=('gemeente', 'nummer'), name='beschikking_nummer_uniek'), models.UniqueConstraint(fields=('id', 'gemeente'), name='beschikking_id_gemeente'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Beschikking', name='beschikking_voorganger_fk', veld='voorganger'), models.CheckConstraint(condition=models.Q(('einddatum__isnull', True), ('einddatum__gte', models.F('ingangsdatum')), _connector='OR'), name='beschikking_einddatum_na_begin'), models.CheckConstraint(condition=models.Q(('soort', beschikkingen.enums.SoortBeschikking['GETRAPT']), models.Q(('einddatum__isnull', False), ('soort', beschikkingen.enums.SoortBeschikking['MET_EINDDATUM'])), models.Q(('einddatum__isnull', True), ('soort', beschikkingen.enums.SoortBeschikking['ZONDER_EINDDATUM'])), _connector='OR'), name='beschikking_einddatum_past_bij_soort'), models.CheckConstraint(condition=models.Q(models.Q(('gesloten_op__isnull', False), ('status', beschikkingen.enums.BeschikkingStatus['GESLOTEN'])), models.Q(models.Q(('status', beschikkingen.enums.BeschikkingStatus['GESLOTEN']), _negated=True), ('gesloten_door__isnull', True), ('gesloten_op__isnull', True)), _connector='OR'), name='beschikking_gesloten_heeft_tijd'), models.CheckConstraint(condition=models.Q(models.Q(('voorganger', models.F('id')), _negated=True), ('voorganger__isnull', True), _connector='OR'), name='beschikking_niet_eigen_voorganger')],
            },
        ),
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('bsn_versleuteld', models.BinaryField()),
                ('bsn_index', models.BinaryField(max_length=16)),
                ('voornamen', models.CharField(blank=True, max_length=200)),
                ('voorletters', models.CharField(blank=True, max_length=6)),
                ('voorvoegsel', models.CharField(blank=True, max_length=10)),
                ('achternaam', models.CharField(max_length=200)),
                ('zoeknaam', models.CharField(editable=False, max_length=420)),
                ('geboortedatum', models.DateField(blank=True, null=True)),
                ('afgeschermd', models.BooleanField(default=False)),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now)),
                ('behandelaar', models.ForeignKey(blank=True, db_constraint=False, help_text='De consulent die het dossier behandelt; leeg: niemand in het bijzonder.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
            ],
            options={
                'indexes': [models.Index(fields=['gemeente', 'zoeknaam', 'id'], name='client_naam'), models.Index(fields=['behandelaar'], name='client_behandelaar')],
                'constraints': [models.UniqueConstraint(fields=('gemeente', 'bsn_index'), name='client_bsn_uniek'), models.UniqueConstraint(fields=('id', 'gemeente'), name='client_id_gemeente')],
            },
        ),
        migrations.CreateModel(
            name='BeschikkingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('nummer', models.CharField(max_length=40)),
                ('soort', models.CharField(choices=[('met_einddatum', 'Beschikking met einddatum'), ('zonder_einddatum', 'Beschikking zonder einddatum'), ('getrapt', 'Getrapte indicatie')], max_length=20)),
                ('ingangsdatum', models.DateField()),
                ('einddatum', models.DateField(blank=True, null=True)),
                ('registratiedatum', models.DateField(help_text='De dag waarop de beschikking in het portaal kwam (R62).')),
                ('status', models.CharField(choices=[('lopend', 'Loopt'), ('gesloten', 'Gesloten'), ('ingetrokken', 'Ingetrokken')], default=beschikkingen.enums.BeschikkingStatus['LOPEND'], max_length=12)),
                ('gesloten_op', models.DateTimeField(blank=True, null=True)),
                ('vernietigen_na_datum', models.DateField(blank=True, help_text='Bewaartermijn, bepaald bij sluiten.', null=True)),
                ('versie', models.PositiveIntegerField(default=1)),
                ('gemeente', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente')),
                ('gesloten_door', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='geschiedenis', to='beschikkingen.beschikking')),
                ('voorganger', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.beschikking')),
                ('client', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='beschikking',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='beschikkingen', to='beschikkingen.client'),
        ),
        migrations.CreateModel(
            name='DocumentInhoud',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='inhoud', serialize=False, to='beschikkingen.document')),
                ('versleuteld', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='document',
            name='beschikking',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documenten', to='beschikkingen.beschikking'),
        ),
        migrations.AddField(
            model_name='document',
            name='gemeente',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AddField(
            model_name='document',
            name='geupload_door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Inlezing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('bestandsnaam', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('inhoud', models.BinaryField()),
                ('status', models.CharField(choices=[('proef', 'Proef gedraaid, nog niets ingelezen'), ('ingelezen', 'Ingelezen')], default=beschikkingen.enums.InlezingStatus['PROEF'], max_length=12)),
                ('tellingen', models.JSONField(default=dict, help_text='Aantal rijen per uitslag, en wat er bij komt.')),
                ('fouten', models.JSONField(default=list, help_text='Per fout: rij, kolom en zin.')),
                ('geupload_op', models.DateTimeField()),
                ('verwerkt_op', models.DateTimeField(blank=True, null=True)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('geupload_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verwerkt_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-geupload_op'],
                'indexes': [models.Index(fields=['gemeente', '-geupload_op'], name='inlezing_lijst')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', beschikkingen.enums.InlezingStatus['INGELEZEN']), ('verwerkt_op__isnull', False)), models.Q(models.Q(('status', beschikkingen.enums.InlezingStatus['INGELEZEN']), _negated=True), ('verwerkt_op__isnull', True)), _connector='OR'), name='inlezing_verwerkt_heeft_tijd')],
            },
        ),
        migrations.CreateModel(
            name='Monitoringsmoment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('datum', models.DateField()),
                ('gesprek_voor_datum', models.DateField(blank=True, help_text='De afgesproken termijn van het gesprek; leeg: het monitoringsmoment (R19).', null=True)),
                ('afgerond_op', models.DateTimeField(blank=True, null=True)),
                ('afgerond_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('beschikking', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='monitoringsmomenten', to='beschikkingen.beschikking')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
            ],
            options={
                'ordering': ['beschikking', 'datum'],
                'indexes': [models.Index(fields=['gemeente', 'datum'], name='monitoringsmoment_datum')],
                'constraints': [models.UniqueConstraint(fields=('beschikking', 'datum'), name='monitoringsmoment_uniek'), models.UniqueConstraint(condition=models.Q(('afgerond_op__isnull', True)), fields=('beschikking',), name='monitoringsmoment_een_open'), models.UniqueConstraint(fields=('id', 'gemeente'), name='monitoringsmoment_id_gemeente'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Beschikking', name='monitoring_beschikking_fk', veld='beschikking'), models.CheckConstraint(condition=models.Q(models.Q(('afgerond_door__isnull', True), ('afgerond_op__isnull', True)), models.Q(('afgerond_door__isnull', False), ('afgerond_op__isnull', False)), _connector='OR'), name='monitoringsmoment_afgerond_paar')],
            },
        ),
        migrations.CreateModel(
            name='Toewijzing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('toewijzingnummer', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(999999999)])),
                ('perspectief', models.CharField(choices=[('langdurig', 'Langdurige ondersteuning nodig'), ('verbetering', 'Verbetering verwacht binnen de termijn'), ('onbekend', 'Niet vastgelegd')], default=beschikkingen.enums.Perspectief['ONBEKEND'], max_length=12)),
                ('leveringsvorm', models.CharField(choices=[('zin', 'Zorg in natura'), ('pgb', 'Persoonsgebonden budget')], default=beschikkingen.enums.Leveringsvorm['ZIN'], max_length=3)),
                ('productcategorie', models.CharField(blank=True, max_length=2)),
                ('productcode', models.CharField(blank=True, max_length=5)),
                ('toewijzingsdatum', models.DateField(blank=True, null=True)),
                ('ingangsdatum', models.DateField()),
                ('einddatum', models.DateField(blank=True, null=True)),
                ('reden_wijziging', models.CharField(blank=True, max_length=2)),
                ('status', models.CharField(choices=[('lopend', 'Loopt'), ('gesloten', 'Gesloten'), ('verwijderd', 'Verwijderd (301, reden 13)')], default=beschikkingen.enums.ToewijzingStatus['LOPEND'], max_length=12)),
                ('hulp_niet_gestart', models.BooleanField(default=False, help_text='De aanbieder meldt: kennismaking geweest, de hulp zelf is niet gestart (R80).')),
                ('versie', models.PositiveIntegerField(default=1)),
                ('aanbieder', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('beschikking', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='toewijzingen', to='beschikkingen.beschikking')),
                ('client', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='toewijzingen', to='beschikkingen.client')),
                ('gemeente', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('resultaatgebied', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.resultaatgebied')),
                ('trede', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.trede')),
            ],
            options={
                'indexes': [models.Index(fields=['beschikking'], name='toewijzing_beschikking'), models.Index(fields=['client'], name='toewijzing_client'), models.Index(fields=['aanbieder', 'status', 'einddatum', 'id'], name='toewijzing_aanbieder_lijst'), models.Index(fields=['gemeente', 'status', 'einddatum', 'id'], name='toewijzing_gemeente_lijst')],
                'constraints': [models.UniqueConstraint(fields=('gemeente', 'toewijzingnummer'), name='toewijzing_nummer_uniek'), models.UniqueConstraint(fields=('id', 'gemeente', 'aanbieder'), name='toewijzing_id_eigenaren'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Client', name='toewijzing_client_fk', veld='client'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Beschikking', name='toewijzing_beschikking_fk', veld='beschikking'), models.CheckConstraint(condition=models.Q(('einddatum__isnull', True), ('einddatum__gte', models.F('ingangsdatum')), _connector='OR'), name='toewijzing_einddatum_na_begin')],
            },
        ),
        migrations.CreateModel(
            name='Stap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volgnummer', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('begindatum', models.DateField()),
                ('einddatum', models.DateField(blank=True, null=True)),
                ('aanbieder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente')),
                ('trede', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.trede')),
                ('toewijzing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='stappen', to='beschikkingen.toewijzing')),
            ],
            options={
                'ordering': ['toewijzing', 'volgnummer'],
                'constraints': [models.UniqueConstraint(fields=('toewijzing', 'volgnummer'), name='stap_volgnummer_uniek'), models.UniqueConstraint(fields=('id', 'gemeente', 'aanbieder'), name='stap_id_eigenaren'), wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente', 'aanbieder'), naar='beschikkingen.Toewijzing', name='stap_toewijzing_fk', veld='toewijzing'), models.CheckConstraint(condition=models.Q(('einddatum__isnull', True), ('einddatum__gte', models.F('begindatum')), _connector='OR'), name='stap_einddatum_na_begin'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('toewijzing', '='), (beschikkingen.models.dossier.Dagen('begindatum', 'einddatum'), '&&')], name='stap_geen_overlap')],
            },
        ),
        migrations.CreateModel(
            name='ToewijzingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kenmerk', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('toewijzingnummer', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(999999999)])),
                ('perspectief', models.CharField(choices=[('langdurig', 'Langdurige ondersteuning nodig'), ('verbetering', 'Verbetering verwacht binnen de termijn'), ('onbekend', 'Niet vastgelegd')], default=beschikkingen.enums.Perspectief['ONBEKEND'], max_length=12)),
                ('leveringsvorm', models.CharField(choices=[('zin', 'Zorg in natura'), ('pgb', 'Persoonsgebonden budget')], default=beschikkingen.enums.Leveringsvorm['ZIN'], max_length=3)),
                ('productcategorie', models.CharField(blank=True, max_length=2)),
                ('productcode', models.CharField(blank=True, max_length=5)),
                ('toewijzingsdatum', models.DateField(blank=True, null=True)),
                ('ingangsdatum', models.DateField()),
                ('einddatum', models.DateField(blank=True, null=True)),
                ('reden_wijziging', models.CharField(blank=True, max_length=2)),
                ('status', models.CharField(choices=[('lopend', 'Loopt'), ('gesloten', 'Gesloten'), ('verwijderd', 'Verwijderd (301, reden 13)')], default=beschikkingen.enums.ToewijzingStatus['LOPEND'], max_length=12)),
                ('hulp_niet_gestart', models.BooleanField(default=False, help_text='De aanbieder meldt: kennismaking geweest, de hulp zelf is niet gestart (R80).')),
                ('versie', models.PositiveIntegerField(default=1)),
                ('aanbieder', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.aanbieder')),
                ('beschikking', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.beschikking')),
                ('client', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client')),
                ('gemeente', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='geschiedenis', to='beschikkingen.toewijzing')),
                ('resultaatgebied', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.resultaatgebied')),
                ('trede', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.trede')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='beschikking',
            index=models.Index(fields=['client'], name='beschikking_client'),
        ),
        migrations.AddConstraint(
            model_name='beschikking',
            constraint=wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Client', name='beschikking_client_fk', veld='client'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beschikking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "beschikkingen_beschikkingevent" ("client_id", "einddatum", "gemeente_id", "gesloten_door_id", "gesloten_op", "id", "ingangsdatum", "kenmerk", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registratiedatum", "soort", "status", "vernietigen_na_datum", "versie", "voorganger_id") SELECT old_values."client_id", old_values."einddatum", old_values."gemeente_id", old_values."gesloten_door_id", old_values."gesloten_op", old_values."id", old_values."ingangsdatum", old_values."kenmerk", old_values."nummer", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."registratiedatum", old_values."soort", old_values."status", old_values."vernietigen_na_datum", old_values."versie", old_values."voorganger_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='356670a6022a3b1790c28670a362360aaf304fa7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_353c7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='beschikkingen_beschikking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beschikking',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "beschikkingen_beschikkingevent" ("client_id", "einddatum", "gemeente_id", "gesloten_door_id", "gesloten_op", "id", "ingangsdatum", "kenmerk", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registratiedatum", "soort", "status", "vernietigen_na_datum", "versie", "voorganger_id") SELECT old_values."client_id", old_values."einddatum", old_values."gemeente_id", old_values."gesloten_door_id", old_values."gesloten_op", old_values."id", old_values."ingangsdatum", old_values."kenmerk", old_values."nummer", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."registratiedatum", old_values."soort", old_values."status", old_values."vernietigen_na_datum", old_values."versie", old_values."voorganger_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='da33500e6602f4d63c4ec53851b65e6756c27957', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c4575', referencing='REFERENCING OLD TABLE AS old_values ', table='beschikkingen_beschikking', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['beschikking'], name='document_beschikking'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('gemeente__isnull', False), ('aanbieder__isnull', False), _connector='OR'), name='document_heeft_eigenaar'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=wmo_portal.lib.samengesteld.SamengesteldeSleutel(mee=('gemeente',), naar='beschikkingen.Beschikking', name='document_beschikking_fk', veld='beschikking'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toewijzing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "beschikkingen_toewijzingevent" ("aanbieder_id", "beschikking_id", "client_id", "einddatum", "gemeente_id", "hulp_niet_gestart", "id", "ingangsdatum", "kenmerk", "leveringsvorm", "perspectief", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productcategorie", "productcode", "reden_wijziging", "resultaatgebied_id", "status", "toewijzingnummer", "toewijzingsdatum", "trede_id", "versie") SELECT old_values."aanbieder_id", old_values."beschikking_id", old_values."client_id", old_values."einddatum", old_values."gemeente_id", old_values."hulp_niet_gestart", old_values."id", old_values."ingangsdatum", old_values."kenmerk", old_values."leveringsvorm", old_values."perspectief", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."productcategorie", old_values."productcode", old_values."reden_wijziging", old_values."resultaatgebied_id", old_values."status", old_values."toewijzingnummer", old_values."toewijzingsdatum", old_values."trede_id", old_values."versie" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a679dd17fddb7338a6396247a05b4439beaca0de', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87d50', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='beschikkingen_toewijzing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toewijzing',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "beschikkingen_toewijzingevent" ("aanbieder_id", "beschikking_id", "client_id", "einddatum", "gemeente_id", "hulp_niet_gestart", "id", "ingangsdatum", "kenmerk", "leveringsvorm", "perspectief", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productcategorie", "productcode", "reden_wijziging", "resultaatgebied_id", "status", "toewijzingnummer", "toewijzingsdatum", "trede_id", "versie") SELECT old_values."aanbieder_id", old_values."beschikking_id", old_values."client_id", old_values."einddatum", old_values."gemeente_id", old_values."hulp_niet_gestart", old_values."id", old_values."ingangsdatum", old_values."kenmerk", old_values."leveringsvorm", old_values."perspectief", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."productcategorie", old_values."productcode", old_values."reden_wijziging", old_values."resultaatgebied_id", old_values."status", old_values."toewijzingnummer", old_values."toewijzingsdatum", old_values."trede_id", old_values."versie" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d4bbf265f824c033b734c1b5da85beaa5e9c208d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_35c56', referencing='REFERENCING OLD TABLE AS old_values ', table='beschikkingen_toewijzing', when='AFTER')),
        ),
    ]

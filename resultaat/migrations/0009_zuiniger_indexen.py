"""Indexes that repeat another one, or are read by nobody, go: each made every change of its row dearer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beschikkingen', '0006_zuiniger_indexen'),
        ('organisaties', '0004_inlogdienst'),
        ('resultaat', '0008_vernietiging_muur'),
        ('stopberichten', '0004_toelichting_concept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='resultaat',
            name='aanbieder',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='evaluatie',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resultaten', to='resultaat.evaluatie'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='geregistreerd_door',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Leeg: de ronde.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='ingetrokken_door',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='monitoringsmoment',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resultaten', to='beschikkingen.monitoringsmoment'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='stap',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resultaten', to='beschikkingen.stap'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='toewijzing',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='resultaten', to='beschikkingen.toewijzing'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='trede_naar',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.trede'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='trede_van',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.trede'),
        ),
        migrations.AlterField(
            model_name='resultaat',
            name='voorganger',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correcties', to='resultaat.resultaat'),
        ),
        migrations.AlterField(
            model_name='ronderegel',
            name='aanbieder',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='ronderegel',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='ronderegel',
            name='ronde',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='regels', to='resultaat.ronde'),
        ),
        migrations.AlterField(
            model_name='ronderegel',
            name='stop',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ronderegels', to='stopberichten.stop'),
        ),
        migrations.AddIndex(
            model_name='resultaat',
            index=models.Index(condition=models.Q(('stap__isnull', False)), fields=['stap'], name='resultaat_stap_idx'),
        ),
        migrations.AddIndex(
            model_name='resultaat',
            index=models.Index(condition=models.Q(('monitoringsmoment__isnull', False)), fields=['monitoringsmoment'], name='resultaat_monitoring_idx'),
        ),
        migrations.AddIndex(
            model_name='resultaat',
            index=models.Index(condition=models.Q(('evaluatie__isnull', False)), fields=['evaluatie'], name='resultaat_evaluatie_idx'),
        ),
    ]

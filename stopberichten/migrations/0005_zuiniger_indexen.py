"""Indexes that repeat another one, or are read by nobody, go: each made every change of its row dearer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beschikkingen', '0006_zuiniger_indexen'),
        ('organisaties', '0004_inlogdienst'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('stopberichten', '0004_toelichting_concept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='levering',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='levering',
            name='ingetrokken_in',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stopberichten.bericht'),
        ),
        migrations.AlterField(
            model_name='levering',
            name='toewijzing',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)sen', to='beschikkingen.toewijzing'),
        ),
        migrations.AlterField(
            model_name='stop',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='stop',
            name='ingetrokken_in',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stopberichten.bericht'),
        ),
        migrations.AlterField(
            model_name='stop',
            name='toewijzing',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)sen', to='beschikkingen.toewijzing'),
        ),
        migrations.AlterField(
            model_name='stop',
            name='zonder_formulier_door',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='aanbieder',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='bericht',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stopberichten.bericht'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='client',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='ingetrokken_in',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stopberichten.bericht'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='levering',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stopberichten.levering'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='toewijzing',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.toewijzing'),
        ),
        migrations.AlterField(
            model_name='stopevent',
            name='zonder_formulier_door',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='aanbieder',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='aangemaakt_door',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='afgehandeld_door',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='beschikking',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.beschikking'),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='ingediend_door',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='toelichtingevent',
            name='zorgplan',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.document'),
        ),
        migrations.AddIndex(
            model_name='levering',
            index=models.Index(condition=models.Q(('ingetrokken_in__isnull', False)), fields=['ingetrokken_in'], name='levering_ingetrokken'),
        ),
        migrations.AddIndex(
            model_name='stop',
            index=models.Index(condition=models.Q(('ingetrokken_in__isnull', False)), fields=['ingetrokken_in'], name='stop_ingetrokken'),
        ),
    ]

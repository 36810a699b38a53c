"""Indexes that repeat another one, or are read by nobody, go: each made every change of its row dearer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beschikkingen', '0005_muur_per_rij'),
        ('organisaties', '0004_inlogdienst'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='beschikking',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='beschikkingen', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='beschikking',
            name='gemeente',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='beschikkingevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='beschikkingevent',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='beschikkingevent',
            name='gesloten_door',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='beschikkingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='beschikkingevent',
            name='voorganger',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.beschikking'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='aanbieder',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='beschikking',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='toewijzingen', to='beschikkingen.beschikking'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='toewijzingen', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='gemeente',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='resultaatgebied',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.resultaatgebied'),
        ),
        migrations.AlterField(
            model_name='toewijzing',
            name='trede',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisaties.trede'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='aanbieder',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.aanbieder'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='beschikking',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.beschikking'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beschikkingen.client'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='gemeente',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.gemeente'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='resultaatgebied',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.resultaatgebied'),
        ),
        migrations.AlterField(
            model_name='toewijzingevent',
            name='trede',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisaties.trede'),
        ),
    ]

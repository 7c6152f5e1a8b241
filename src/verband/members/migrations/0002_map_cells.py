import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from verband.kernel.triggers import keep_facts

class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MapCell',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('q', models.SmallIntegerField(verbose_name='column of the cell')),
                ('r', models.SmallIntegerField(verbose_name='row of the cell')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='map_cells', to='members.organisation')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.mapcell')),
            ],
            options={
                'verbose_name': 'cell of the map',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_mapcell_days'), models.Index(fields=['valid_from'], name='members_mapcell_from'), models.Index(fields=['valid_until'], name='members_mapcell_until'), models.Index(fields=['recorded_from'], name='members_mapcell_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_mapcell_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_mapcell_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('organisation'), models.F('organisation'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='map_cell_of_member', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('q'), models.F('q'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('r'), models.F('r'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='map_cell_once', violation_error_code='overlap')],
            },
        ),
        *keep_facts("members_mapcell"),
    ]

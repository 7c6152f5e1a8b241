import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from verband.kernel.triggers import keep_facts, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='key')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('password', models.CharField(editable=False, max_length=128)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='mail address')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
            },
        ),
        migrations.CreateModel(
            name='PersonFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('gender', models.CharField(blank=True, max_length=20, verbose_name='gender, where given')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='known as')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='people.person')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='people.personfact')),
            ],
            options={
                'verbose_name': 'personal particulars',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='people_personfact_days'), models.Index(fields=['valid_from'], name='people_personfact_from'), models.Index(fields=['valid_until'], name='people_personfact_until'), models.Index(fields=['recorded_from'], name='people_personfact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='people_personfact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='people_personfact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_name_at_a_time', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('kind', models.CharField(choices=[('administrator', 'administrator'), ('registrar', 'register keeper'), ('intake', 'intake of the bureau'), ('directorate', 'general directorate'), ('search_team', 'search team'), ('auditor', 'auditor')], max_length=20, verbose_name='role')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='people.role')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='people_role_days'), models.Index(fields=['valid_from'], name='people_role_from'), models.Index(fields=['valid_until'], name='people_role_until'), models.Index(fields=['recorded_from'], name='people_role_known'), models.Index(fields=['kind'], name='people_role_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='people_role_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='people_role_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'administrator')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_administrator', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'registrar')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_registrar', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'intake')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_intake', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'directorate')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_directorate', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'search_team')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_search_team', violation_error_code='overlap'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True), ('kind', 'auditor')), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='role_once_auditor', violation_error_code='overlap')],
            },
        ),
        *keep_rows("people_person"),
        *keep_facts("people_personfact", "people_role"),
    ]

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from verband.kernel.triggers import keep_facts, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('province', 'province'), ('water_board', 'water board'), ('ministry', 'ministry'), ('planning_bureau', 'planning bureau'), ('affiliated', 'affiliated association'), ('company', 'company of the group'), ('partner', 'partner association'), ('association', 'the association'), ('knowledge', 'knowledge institute'), ('other', 'other organisation')], max_length=20, verbose_name='kind')),
                ('code', models.CharField(blank=True, db_index=True, max_length=40, verbose_name='TOOI or CBS code')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'indexes': [models.Index(fields=['kind'], name='members_org_kind')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('function', models.CharField(choices=[('mayor', 'mayor'), ('alderman', 'alderman'), ('councillor', 'councillor'), ('clerk', 'clerk of the council'), ('secretary', 'municipal secretary'), ('official', 'official'), ('governor', "king's commissioner"), ('deputy', 'member of the provincial executive'), ('dike_reeve', 'chair of the water board'), ('heemraad', 'member of the water board executive'), ('director', 'director'), ('researcher', 'researcher'), ('minister', 'minister'), ('adviser', 'adviser')], max_length=20, verbose_name='function')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='members.organisation')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
            },
        ),
        migrations.CreateModel(
            name='OfficeFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('portfolios', models.CharField(blank=True, max_length=300, verbose_name='portfolios')),
                ('party', models.CharField(blank=True, max_length=100, verbose_name='party')),
                ('party_is_local', models.BooleanField(default=False, verbose_name='local party')),
                ('acting', models.BooleanField(default=False, verbose_name='acting')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='members.office')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.officefact')),
            ],
            options={
                'verbose_name': 'term of office',
                'verbose_name_plural': 'terms of office',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_officefact_days'), models.Index(fields=['valid_from'], name='members_officefact_from'), models.Index(fields=['valid_until'], name='members_officefact_until'), models.Index(fields=['recorded_from'], name='members_officefact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_officefact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_officefact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('office'), models.F('office'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='office_overlap', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_membership_days'), models.Index(fields=['valid_from'], name='members_membership_from'), models.Index(fields=['valid_until'], name='members_membership_until'), models.Index(fields=['recorded_from'], name='members_membership_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_membership_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_membership_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('organisation'), models.F('organisation'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='membership_once', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('abbreviation', models.CharField(blank=True, max_length=30, verbose_name='abbreviation')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude of the centroid (WGS84)')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude of the centroid (WGS84)')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='members.organisation')),
                ('province', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='province')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.organisationfact')),
            ],
            options={
                'verbose_name': 'particulars of an organisation',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_organisationfact_days'), models.Index(fields=['valid_from'], name='members_organisationfact_from'), models.Index(fields=['valid_until'], name='members_organisationfact_until'), models.Index(fields=['recorded_from'], name='members_organisationfact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_organisationfact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_organisationfact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('organisation'), models.F('organisation'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='organisation_one_name', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='PopulationFigure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('inhabitants', models.PositiveIntegerField(verbose_name='inhabitants')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='population_figures', to='members.organisation')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.populationfigure')),
            ],
            options={
                'verbose_name': 'population figure',
                'verbose_name_plural': 'population figures',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_populationfigure_days'), models.Index(fields=['valid_from'], name='members_populationfigure_from'), models.Index(fields=['valid_until'], name='members_populationfigure_until'), models.Index(fields=['recorded_from'], name='members_populationfigure_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_populationfigure_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_populationfigure_recorded'), models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('organisation', 'valid_from'), name='figure_once', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('kind', models.CharField(choices=[('merger', 'merger'), ('split', 'split'), ('rename', 'new code or name for the same area'), ('boundary', 'boundary change')], max_length=10, verbose_name='kind')),
                ('ceases', models.BooleanField(verbose_name='the predecessor ceases to exist')),
                ('is_main', models.BooleanField(verbose_name='main successor')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='members.organisation')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.succession')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='members.organisation')),
            ],
            options={
                'verbose_name': 'succession',
                'verbose_name_plural': 'successions',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_succession_days'), models.Index(fields=['valid_from'], name='members_succession_from'), models.Index(fields=['valid_until'], name='members_succession_until'), models.Index(fields=['recorded_from'], name='members_succession_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_succession_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_succession_recorded')],
            },
        ),
        migrations.CreateModel(
            name='VotingKeyFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('scope', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('per', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='inhabitants per vote')),
                ('rounding', models.CharField(choices=[('down', 'rounded down'), ('nearest', 'rounded to the nearest'), ('up', 'rounded up')], max_length=7, verbose_name='rounding')),
                ('minimum', models.PositiveIntegerField(default=0, verbose_name='at least')),
                ('cap', models.PositiveIntegerField(blank=True, null=True, verbose_name='at most')),
                ('article', models.CharField(max_length=200, verbose_name='article of the statutes')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='members.votingkeyfact')),
            ],
            options={
                'verbose_name': 'voting key',
                'verbose_name_plural': 'voting keys',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='members_votingkeyfact_days'), models.Index(fields=['valid_from'], name='members_votingkeyfact_from'), models.Index(fields=['valid_until'], name='members_votingkeyfact_until'), models.Index(fields=['recorded_from'], name='members_votingkeyfact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='members_votingkeyfact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='members_votingkeyfact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('scope'), models.F('scope'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_key_at_a_time', violation_error_code='overlap')],
            },
        ),
        *keep_rows("members_organisation", "members_office"),
        *keep_facts(
            "members_organisationfact",
            "members_membership",
            "members_succession",
            "members_populationfigure",
            "members_votingkeyfact",
            "members_officefact",
        ),
    ]

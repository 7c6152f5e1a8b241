import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from verband.kernel.triggers import keep_facts, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('organisation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='body', to='members.organisation', verbose_name='is the organisation')),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='bodies.body')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('kind', models.CharField(choices=[('represents', 'is represented in'), ('reports_to', 'reports to'), ('linking_pin', 'has a linking pin to'), ('shares_lists', 'shares its decision lists with'), ('liaison', 'has a liaison to')], max_length=12, verbose_name='kind')),
                ('from_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='bodies.body')),
                ('to_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='bodies.body')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
            },
        ),
        migrations.CreateModel(
            name='LinkFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='bodies.link')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='people.person')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.linkfact')),
            ],
            options={
                'verbose_name': 'period of a link',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='bodies.body')),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
            },
        ),
        migrations.CreateModel(
            name='SeatFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('role', models.CharField(choices=[('chair', 'chair'), ('vice_chair', 'vice-chair'), ('secretary', 'secretary'), ('treasurer', 'treasurer'), ('member', 'member'), ('liaison', 'liaison'), ('agenda_member', 'agenda member'), ('observer', 'observer'), ('adviser', 'adviser'), ('linking_pin', 'linking pin')], max_length=14, verbose_name='role')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('is_voting', models.BooleanField(default=True, verbose_name='has a vote')),
                ('profile', models.TextField(blank=True, verbose_name='profile')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='on behalf of')),
                ('on_behalf_of_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats_elsewhere', to='bodies.body', verbose_name='on behalf of the network')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.seatfact')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='bodies.seat')),
                ('substitute_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitutes', to='bodies.seat', verbose_name='substitute of')),
            ],
            options={
                'verbose_name': 'description of a seat',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('acting', models.BooleanField(default=False, verbose_name='acting')),
                ('holds_over', models.BooleanField(default=False, verbose_name='holds over until a successor is there')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='appointed by decision')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='people.person')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.tenure')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='bodies.seat')),
            ],
            options={
                'verbose_name': 'tenure',
                'verbose_name_plural': 'tenures',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BodyFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('kind', models.CharField(choices=[('association', 'association'), ('general_assembly', 'general assembly'), ('board', 'board'), ('executive', 'general directorate'), ('bureau', 'bureau'), ('standing_committee', 'standing committee'), ('college', 'college'), ('advisory_committee', 'advisory committee'), ('subcommittee', 'subcommittee'), ('expertise_team', 'expertise team'), ('delegation', 'delegation'), ('table', 'table with other governments'), ('programme', 'programme'), ('municipal_network', 'municipal network'), ('provincial_branch', 'provincial branch'), ('affiliated', 'affiliated association'), ('professional_network', 'professional network'), ('partner', 'partner body'), ('knowledge', 'knowledge institute'), ('company', 'company of the group'), ('fund', 'fund')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('abbreviation', models.CharField(blank=True, max_length=30, verbose_name='abbreviation')),
                ('purpose', models.TextField(blank=True, verbose_name='purpose')),
                ('purpose_en', models.TextField(blank=True, verbose_name='purpose in English')),
                ('support', models.CharField(blank=True, max_length=300, verbose_name='secretariat and support')),
                ('deciding', models.CharField(blank=True, choices=[('', 'not known'), ('weighted', 'weighted vote'), ('majority', 'majority of members'), ('consensus', 'consensus'), ('advice', 'gives advice, does not decide')], max_length=10, verbose_name='way of deciding')),
                ('our_role', models.CharField(blank=True, choices=[('', 'not determined'), ('leads', 'leads'), ('facilitates', 'facilitates'), ('participates', 'participates'), ('follows', 'follows')], max_length=12, verbose_name='our role')),
                ('intensity', models.CharField(blank=True, choices=[('', 'not determined'), ('high', 'high'), ('medium', 'medium'), ('low', 'low')], max_length=6, verbose_name='intensity')),
                ('interests', models.TextField(blank=True, verbose_name='interests, stated openly')),
                ('member_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='members, as stated')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='bodies.body')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body', verbose_name='belongs to')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.bodyfact')),
            ],
            options={
                'verbose_name': 'description of a body',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_bodyfact_days'), models.Index(fields=['valid_from'], name='bodies_bodyfact_from'), models.Index(fields=['valid_until'], name='bodies_bodyfact_until'), models.Index(fields=['recorded_from'], name='bodies_bodyfact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_bodyfact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_bodyfact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('body'), models.F('body'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='body_one_description', violation_error_code='overlap')],
            },
        ),
        migrations.CreateModel(
            name='BodyTerm',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('is_temporary', models.BooleanField(verbose_name='temporary')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='set up or prolonged by decision')),
                ('after_end', models.TextField(blank=True, verbose_name='where the work goes afterwards')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='bodies.body')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.bodyterm')),
            ],
            options={
                'verbose_name': 'existence of a body',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_bodyterm_days'), models.Index(fields=['valid_from'], name='bodies_bodyterm_from'), models.Index(fields=['valid_until'], name='bodies_bodyterm_until'), models.Index(fields=['recorded_from'], name='bodies_bodyterm_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_bodyterm_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_bodyterm_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('body'), models.F('body'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='body_term_overlap', violation_error_code='overlap'), models.CheckConstraint(condition=models.Q(('is_temporary', False), ('valid_until__isnull', False), _connector='OR'), name='temporary_needs_end'), models.CheckConstraint(condition=models.Q(('review_on__isnull', True), ('valid_until__isnull', True), ('review_on__lte', models.F('valid_until')), _connector='OR'), name='review_before_end')],
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('kind', models.CharField(choices=[('ministry', 'ministry'), ('field', 'task field'), ('theme', 'theme')], max_length=8, verbose_name='kind')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='field or theme')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverages', to='bodies.body')),
                ('ministry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coverages', to='members.organisation')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.coverage')),
            ],
            options={
                'verbose_name': 'coverage',
                'verbose_name_plural': 'coverages',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_coverage_days'), models.Index(fields=['valid_from'], name='bodies_coverage_from'), models.Index(fields=['valid_until'], name='bodies_coverage_until'), models.Index(fields=['recorded_from'], name='bodies_coverage_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_coverage_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_coverage_recorded'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ministry'), ('ministry__isnull', False)), models.Q(models.Q(('kind', 'ministry'), _negated=True), ('ministry__isnull', True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='coverage_names_one')],
            },
        ),
        migrations.CreateModel(
            name='GoalFact',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('recorded_from', models.DateTimeField(editable=False)),
                ('recorded_until', models.DateTimeField(editable=False, null=True)),
                ('closed_as', models.CharField(blank=True, choices=[('', 'still held'), ('ended', 'ended'), ('changed', 'changed'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=10)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('stated', 'stated in the source'), ('probable', 'probable'), ('inferred', 'inferred'), ('uncertain', 'uncertain'), ('provisional', 'provisional'), ('assumed', 'assumed'), ('fictional', 'fictional')], default='certain', max_length=11, verbose_name='certainty')),
                ('text', models.TextField(verbose_name='goal')),
                ('measure', models.TextField(blank=True, verbose_name='how we see that it is reached')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('running', 'running'), ('draft', 'draft'), ('reached', 'reached'), ('dropped', 'dropped')], default='running', max_length=8, verbose_name='state')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='bodies.goal')),
                ('replaces', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='bodies.goalfact')),
            ],
            options={
                'verbose_name': 'wording of a goal',
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_goalfact_days'), models.Index(fields=['valid_from'], name='bodies_goalfact_from'), models.Index(fields=['valid_until'], name='bodies_goalfact_until'), models.Index(fields=['recorded_from'], name='bodies_goalfact_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_goalfact_valid'), models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_goalfact_recorded'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('goal'), models.F('goal'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='goal_overlap', violation_error_code='overlap')],
            },
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('from_body', 'to_body', 'kind'), name='link_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('from_body', models.F('to_body')), _negated=True), name='link_between_two'),
        ),
        migrations.AddIndex(
            model_name='linkfact',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_linkfact_days'),
        ),
        migrations.AddIndex(
            model_name='linkfact',
            index=models.Index(fields=['valid_from'], name='bodies_linkfact_from'),
        ),
        migrations.AddIndex(
            model_name='linkfact',
            index=models.Index(fields=['valid_until'], name='bodies_linkfact_until'),
        ),
        migrations.AddIndex(
            model_name='linkfact',
            index=models.Index(fields=['recorded_from'], name='bodies_linkfact_known'),
        ),
        migrations.AddConstraint(
            model_name='linkfact',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_linkfact_valid'),
        ),
        migrations.AddConstraint(
            model_name='linkfact',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_linkfact_recorded'),
        ),
        migrations.AddConstraint(
            model_name='linkfact',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('link'), models.F('link'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='link_overlap', violation_error_code='overlap'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('body', 'number'), name='seat_number_once'),
        ),
        migrations.AddIndex(
            model_name='seatfact',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_seatfact_days'),
        ),
        migrations.AddIndex(
            model_name='seatfact',
            index=models.Index(fields=['valid_from'], name='bodies_seatfact_from'),
        ),
        migrations.AddIndex(
            model_name='seatfact',
            index=models.Index(fields=['valid_until'], name='bodies_seatfact_until'),
        ),
        migrations.AddIndex(
            model_name='seatfact',
            index=models.Index(fields=['recorded_from'], name='bodies_seatfact_known'),
        ),
        migrations.AddConstraint(
            model_name='seatfact',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_seatfact_valid'),
        ),
        migrations.AddConstraint(
            model_name='seatfact',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_seatfact_recorded'),
        ),
        migrations.AddConstraint(
            model_name='seatfact',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('seat'), models.F('seat'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='seat_overlap', violation_error_code='overlap'),
        ),
        migrations.AddIndex(
            model_name='tenure',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='bodies_tenure_days'),
        ),
        migrations.AddIndex(
            model_name='tenure',
            index=models.Index(fields=['valid_from'], name='bodies_tenure_from'),
        ),
        migrations.AddIndex(
            model_name='tenure',
            index=models.Index(fields=['valid_until'], name='bodies_tenure_until'),
        ),
        migrations.AddIndex(
            model_name='tenure',
            index=models.Index(fields=['recorded_from'], name='bodies_tenure_known'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='bodies_tenure_valid'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_from__lt', models.F('recorded_until')), _connector='OR'), name='bodies_tenure_recorded'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('recorded_until__isnull', True)), expressions=[(models.Func(models.F('seat'), models.F('seat'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='seat_taken', violation_error_code='overlap'),
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='tenure_has_one_holder'),
        ),
        *keep_rows("bodies_body", "bodies_goal", "bodies_seat", "bodies_link"),
        *keep_facts(
            "bodies_bodyterm",
            "bodies_bodyfact",
            "bodies_goalfact",
            "bodies_coverage",
            "bodies_seatfact",
            "bodies_tenure",
            "bodies_linkfact",
        ),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import heard.workspaces.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('workspaces', '0001_initial'),
        ('workspaces', '0002_workspace_posts_need_approval'),
        ('workspaces', '0003_opening_hours'),
        ('workspaces', '0004_wording'),
        ('workspaces', '0005_agent_speaks'),
        ('workspaces', '0006_replies_need_approval'),
        ('workspaces', '0007_what_agents_are_mailed'),
        ('workspaces', '0008_holidays'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Workspace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
                ('language', models.CharField(default='en', max_length=10)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('number_prefix', models.CharField(default='HRD', max_length=6)),
                ('check_key', models.CharField(default=heard.workspaces.models.new_check_key, max_length=32)),
                ('reopen_within_hours', models.PositiveIntegerField(default=72)),
                ('undo_seconds', models.PositiveIntegerField(default=5)),
                ('posts_need_approval', models.BooleanField(db_default=False, default=False)),
                ('replies_need_approval', models.BooleanField(db_default=False, default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(choices=[('admin', 'Admin'), ('agent', 'Agent')], default='agent', max_length=10)),
                ('is_active', models.BooleanField(default=True)),
                ('may_override', models.BooleanField(db_default=False, default=False)),
                ('sends', models.BooleanField(db_default=True, default=True)),
                ('alias', models.CharField(blank=True, db_default='', default='', max_length=120)),
                ('initials', models.CharField(blank=True, db_default='', default='', max_length=6)),
                ('gender', models.CharField(blank=True, choices=[('', 'Not said'), ('female', 'Female'), ('male', 'Male'), ('other', 'Other')], db_default='', default='', max_length=6)),
                ('mailed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('calls', 'Calls that I promised'), ('issues', 'Once a week: what customers often wrote under “something else”')], max_length=10), blank=True, db_default=[], default=list, size=None)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('user'), name='agent_once_a_workspace')],
            },
        ),
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('month', models.PositiveSmallIntegerField()),
                ('day', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=80)),
                ('country', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closed_days', to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('year'), models.F('month'), models.F('day'), name='closed_day_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='HolidayCountry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2)),
                ('off', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holiday_countries', to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('country'), name='holiday_country_once')],
            },
        ),
        migrations.CreateModel(
            name='OpeningSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.PositiveSmallIntegerField()),
                ('closes', models.PositiveSmallIntegerField()),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_spans', to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens')), ('closes__lte', 1440), ('weekday__lte', 6)), name='opening_span_within_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('workspace', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='workspaces.workspace')),
                ('order_numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('vouchers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('phrases', models.JSONField(default=list)),
                ('ours', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('complaint_tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('levels', models.JSONField(default=dict)),
                ('overriding', models.CharField(choices=[('everybody', 'Everybody'), ('chosen', 'Admins, and agents who were given the right'), ('admins', 'Only admins')], default='everybody', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('members', models.ManyToManyField(to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('name'), name='team_name_once')],
            },
        ),
    ]

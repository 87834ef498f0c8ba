import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('publishing', '0001_initial'),
        ('publishing', '0002_asked_at'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlannedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('awaiting', 'Waits for approval'), ('scheduled', 'Scheduled'), ('publishing', 'Going out'), ('published', 'Published'), ('failed', 'Not published'), ('unconfirmed', 'May have been published'), ('cancelled', 'Cancelled')], default='draft', max_length=12)),
                ('due_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_back', models.CharField(blank=True, max_length=500)),
                ('overridden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'due_at', 'id'], name='plan_by_time'), models.Index(fields=['workspace', 'state', 'id'], name='plan_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='plan_approval_is_whole'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('changed_by')), _negated=True), _connector='OR'), name='plan_approved_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='plan_scheduled_has_time')],
            },
        ),
        migrations.CreateModel(
            name='PlannedPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('alt', models.CharField(blank=True, max_length=1000)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='publishing.plannedpost')),
            ],
            options={
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('own_text', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('queued', 'Scheduled'), ('sending', 'Going out'), ('done', 'Published'), ('failed', 'Not published'), ('unconfirmed', 'May have been published'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=30)),
                ('reason', models.TextField(blank=True)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('published_at', models.DateTimeField(null=True)),
                ('permalink', models.URLField(blank=True, max_length=2000)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='publishing.plannedpost')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='publications', to='tickets.post')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['inbox', 'due_at', 'id'], name='publication_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='publication_claimed'), models.Index(condition=models.Q(('state', 'unconfirmed')), fields=['claimed_at'], name='publication_in_doubt')],
                'constraints': [models.UniqueConstraint(models.F('plan'), models.F('inbox'), name='publication_once_an_inbox'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'queued'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='publication_queued_has_time')],
            },
        ),
    ]

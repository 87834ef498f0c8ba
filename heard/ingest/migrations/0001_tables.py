import django.db.models.deletion
import django.utils.timezone
import heard.ingest.models
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('ingest', '0001_initial'),
        ('ingest', '0002_looks_and_queries'),
        ('ingest', '0003_reconciliation'),
        ('ingest', '0004_look_live'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('back_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='HeldMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=200)),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('listed', models.BooleanField(default=True)),
                ('gone_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['inbox', 'at'], name='held_message_by_time')],
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('external_id'), name='held_message_once')],
            },
        ),
        migrations.CreateModel(
            name='ListenQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('text', models.CharField(max_length=2000)),
                ('tag', models.CharField(default=heard.ingest.models.new_tag, max_length=40, unique=True)),
                ('refused', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='queries', to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('text'), name='listen_query_once')],
            },
        ),
        migrations.CreateModel(
            name='RawCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headers', models.JSONField(default=dict)),
                ('body', models.BinaryField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_in_at', models.DateTimeField(null=True)),
                ('duplicates', models.PositiveIntegerField(default=0)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('taken_in_at', None)), fields=['inbox', 'id'], name='rawcall_pending'), models.Index(fields=['received_at'], name='rawcall_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('connected', 'Connected'), ('history', 'History'), ('hourly', 'Hourly'), ('outage', 'Outage'), ('subscription', 'Subscription'), ('silence', 'Silence'), ('asked', 'Asked')], max_length=12)),
                ('state', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled')], default='running', max_length=10)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reached', models.DateTimeField()),
                ('listed', models.PositiveIntegerField(default=0)),
                ('found', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('removed', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('not_before', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['inbox', '-id'], name='reconciliation_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('inbox',), name='reconciliation_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('expected', models.FloatField()),
                ('noticed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('inbox',), name='silence_once')],
            },
        ),
        migrations.CreateModel(
            name='LedgerLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('fact', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=64)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(choices=[('message', 'Message'), ('ours', 'Ours'), ('update', 'Update'), ('parked', 'Parked'), ('ignored', 'Ignored'), ('quarantined', 'Quarantined')], max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('raw_call', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='ingest.rawcall')),
            ],
            options={
                'indexes': [models.Index(fields=['inbox', 'place', 'created_at'], name='ledger_by_place'), models.Index(condition=models.Q(('place', 'parked')), fields=['inbox', 'about'], name='ledger_parked')],
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('key'), name='ledger_line_once')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cursor', models.JSONField(default=dict)),
                ('due_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('live_until', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='inboxes.inbox')),
                ('query', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='look', to='ingest.listenquery')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['due_at'], name='look_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('query', None)), fields=('inbox',), name='look_once_an_inbox')],
            },
        ),
    ]

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('outbox', '0001_initial'),
        ('outbox', '0002_repost'),
        ('outbox', '0003_copy'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('send', 'Send'), ('like', 'Like'), ('unlike', 'Unlike'), ('hide', 'Hide'), ('unhide', 'Unhide'), ('repost', 'Repost'), ('unrepost', 'Unrepost'), ('delete', 'Delete'), ('copy', 'Copy')], max_length=10)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('done', 'Done'), ('failed', 'Failed'), ('unconfirmed', 'Unconfirmed'), ('cancelled', 'Cancelled')], default='queued', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=30)),
                ('reason', models.TextField(blank=True)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['inbox', 'due_at', 'id'], name='dispatch_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['inbox', 'claimed_at'], name='dispatch_claimed'), models.Index(condition=models.Q(('state', 'unconfirmed')), fields=['inbox', 'id'], name='dispatch_unconfirmed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('action', 'send'), ('state__in', ('queued', 'sending'))), fields=('message',), name='dispatch_one_send')],
            },
        ),
    ]

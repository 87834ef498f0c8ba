import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('inboxes', '0001_initial'),
        ('workspaces', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
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
        ),
        migrations.AddIndex(
            model_name='rawcall',
            index=models.Index(condition=models.Q(('taken_in_at', None)), fields=['inbox', 'id'], name='rawcall_pending'),
        ),
        migrations.AddIndex(
            model_name='rawcall',
            index=models.Index(fields=['received_at'], name='rawcall_by_time'),
        ),
        migrations.AddIndex(
            model_name='ledgerline',
            index=models.Index(fields=['inbox', 'place', 'created_at'], name='ledger_by_place'),
        ),
        migrations.AddIndex(
            model_name='ledgerline',
            index=models.Index(condition=models.Q(('place', 'parked')), fields=['inbox', 'about'], name='ledger_parked'),
        ),
        migrations.AddConstraint(
            model_name='ledgerline',
            constraint=models.UniqueConstraint(models.F('inbox'), models.F('key'), name='ledger_line_once'),
        ),
    ]

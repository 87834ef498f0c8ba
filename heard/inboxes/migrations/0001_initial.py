import django.db.models.deletion
import django.utils.timezone
import heard.inboxes.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('workspaces', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20)),
                ('account', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=120)),
                ('key', models.CharField(default=heard.inboxes.models.new_key, max_length=40, unique=True)),
                ('colour', models.CharField(default='#2a7f86', max_length=7)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('picture_url', models.URLField(blank=True, max_length=2000)),
                ('extended_window', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('connected', 'Connected'), ('reconnect', 'Reconnect'), ('disconnected', 'Disconnected')], default='connected', max_length=20)),
                ('state_reason', models.TextField(blank=True)),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='InboxHealth',
            fields=[
                ('inbox', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='health', serialize=False, to='inboxes.inbox')),
                ('last_call_at', models.DateTimeField(null=True)),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('bad_signatures', models.BigIntegerField(default=0)),
                ('last_bad_signature_at', models.DateTimeField(null=True)),
                ('refused_calls', models.BigIntegerField(default=0)),
                ('last_refused_at', models.DateTimeField(null=True)),
                ('last_refused_reason', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(null=True)),
                ('check_problem', models.TextField(blank=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('subscribed', models.BooleanField(null=True)),
                ('scopes', models.JSONField(null=True)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='InboxSecret',
            fields=[
                ('inbox', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='secret', serialize=False, to='inboxes.inbox')),
                ('sealed', models.BinaryField()),
                ('changed_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.AddConstraint(
            model_name='inbox',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('channel'), models.F('account'), name='inbox_account_once'),
        ),
    ]

import django.db.models.deletion
import django.utils.timezone
import heard.inboxes.models
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('inboxes', '0001_initial'),
        ('inboxes', '0002_plan_and_money'),
        ('inboxes', '0003_mended'),
        ('inboxes', '0004_inboxtemplate'),
        ('inboxes', '0005_signature'),
    ]

    initial = True

    dependencies = [
        ('workspaces', '0001_tables'),
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
                ('plan', models.CharField(blank=True, db_default='', default='', max_length=40)),
                ('sign_public', models.CharField(blank=True, db_default='', default='', max_length=200)),
                ('sign_private', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('sign_mail', models.TextField(blank=True, db_default='', default='')),
                ('monthly_cap', models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ('state', models.CharField(choices=[('connected', 'Connected'), ('reconnect', 'Reconnect'), ('disconnected', 'Disconnected')], default='connected', max_length=20)),
                ('state_reason', models.TextField(blank=True)),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('channel'), models.F('account'), name='inbox_account_once')],
            },
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
                ('renewed_at', models.DateTimeField(null=True)),
                ('renew_after', models.DateTimeField(null=True)),
                ('renew_problem', models.TextField(blank=True, db_default='', default='')),
                ('subscribed', models.BooleanField(null=True)),
                ('mended_at', models.DateTimeField(null=True)),
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
        migrations.CreateModel(
            name='InboxTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=512)),
                ('language', models.CharField(max_length=20)),
                ('text', models.TextField()),
                ('category', models.CharField(blank=True, max_length=40)),
                ('blanks', models.JSONField(default=list)),
                ('seen_at', models.DateTimeField()),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='templates', to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('name'), models.F('language'), name='inbox_template_once')],
            },
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('what', models.CharField(max_length=20)),
                ('count', models.PositiveIntegerField(default=0)),
                ('amount', models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spendings', to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('month'), models.F('what'), name='spending_once')],
            },
        ),
    ]

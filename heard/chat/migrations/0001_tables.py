import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('chat', '0001_the_window'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('addresses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('subject', models.CharField(blank=True, max_length=120)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('page_url', models.CharField(blank=True, max_length=2000)),
                ('page_title', models.CharField(blank=True, max_length=300)),
                ('page_at', models.DateTimeField(null=True)),
                ('online_until', models.DateTimeField(null=True)),
                ('typing_until', models.DateTimeField(null=True)),
                ('answering_until', models.DateTimeField(null=True)),
                ('answering_by', models.CharField(blank=True, max_length=120)),
                ('spoke_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visitors', to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['inbox', 'seen_at'], name='visitor_seen'), models.Index(models.F('inbox'), models.F('addresses__0'), name='visitor_called')],
            },
        ),
        migrations.CreateModel(
            name='Widget',
            fields=[
                ('inbox', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='widget', serialize=False, to='inboxes.inbox')),
                ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=260), default=list, size=None)),
                ('colour', models.CharField(default='#1d6f78', max_length=7)),
                ('position', models.CharField(choices=[('end', 'At the end of the line, mostly on the right'), ('start', 'At the start of the line, mostly on the left')], default='end', max_length=5)),
                ('texts', models.JSONField(default=dict)),
                ('hours', models.JSONField(default=dict)),
                ('names_shown', models.BooleanField(default=True)),
                ('sealed_secrets', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='UsedIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jti', models.CharField(max_length=120)),
                ('expires_at', models.DateTimeField()),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='chat.visitor')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('jti'), name='used_identity_once')],
            },
        ),
        migrations.CreateModel(
            name='VisitorFile',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='chat.visitor')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('taken_at__isnull', True)), fields=['at'], name='visitor_file_left')],
            },
        ),
    ]

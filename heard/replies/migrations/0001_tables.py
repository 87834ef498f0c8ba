import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('replies', '0001_replies'),
        ('replies', '0002_keys_and_reasons'),
        ('replies', '0003_change_beside'),
        ('replies', '0004_standing'),
        ('replies', '0005_gallery'),
    ]

    initial = True

    dependencies = [
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Folder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('is_public', models.BooleanField(db_default=False, default=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='folders', to='replies.folder')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('parent'), models.F('name'), name='reply_folder_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Gallery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False)),
                ('workspace', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='gallery', to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('contact_pages', models.JSONField(default=dict)),
                ('faq_links', models.JSONField(default=dict)),
                ('workspace', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='SavedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False)),
                ('titles', models.JSONField(default=dict)),
                ('shortcut', models.CharField(blank=True, max_length=40)),
                ('situation', models.CharField(choices=[('information', 'Information request'), ('service', 'Service request'), ('acknowledgement', 'Acknowledgement'), ('praise', 'Praise'), ('good_review', 'Good review'), ('complaint', 'Complaint'), ('bad_review', 'Bad review'), ('closing', 'Closing'), ('outage', 'Outage'), ('privacy', 'Privacy'), ('moderation', 'Moderation'), ('bot', 'Bot'), ('proactive', 'Unasked help'), ('pre_sale', 'Before a sale'), ('booking', 'Booking'), ('incident', 'Incident report'), ('other', 'Other')], default='other', max_length=20)),
                ('block', models.CharField(choices=[('whole', 'Whole answer'), ('greeting', 'Greeting'), ('answer', 'Answer'), ('closing', 'Closing')], default='whole', max_length=10)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('source_language', models.CharField(choices=[('en', 'English'), ('el', 'Ελληνικά'), ('sl', 'Slovenščina'), ('hu', 'Magyar'), ('cs', 'Čeština')], default='en', max_length=10)),
                ('approval', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits for approval'), ('approved', 'Approved')], default='approved', max_length=10)),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_back', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('expires_on', models.DateField(null=True)),
                ('starter', models.CharField(blank=True, max_length=20)),
                ('archived_at', models.DateTimeField(null=True)),
                ('is_public', models.BooleanField(db_default=False, default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.agent')),
                ('folder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='replies.folder')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='saved_replies', to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('archived_at', None)), fields=['workspace', 'id'], name='saved_reply_in_use'), django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='saved_reply_tagged')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'key'), name='saved_reply_key_once'), models.UniqueConstraint(condition=models.Q(models.Q(('shortcut', ''), _negated=True), ('archived_at', None)), fields=('workspace', 'shortcut'), name='saved_reply_shortcut_once'), models.UniqueConstraint(condition=models.Q(('starter', ''), _negated=True), fields=('workspace', 'starter'), name='saved_reply_starter_once')],
            },
        ),
        migrations.CreateModel(
            name='Macro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('key', models.CharField(blank=True, max_length=1)),
                ('sends', models.BooleanField(default=False)),
                ('assigns_me', models.BooleanField(default=False)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('snooze_hours', models.PositiveIntegerField(null=True)),
                ('resolution', models.CharField(blank=True, choices=[('solved', 'Solved'), ('no_answer_needed', 'No answer needed'), ('outside_our_control', 'Outside our control'), ('duplicate', 'Duplicate'), ('spam', 'Spam')], max_length=20)),
                ('resolution_note', models.TextField(blank=True)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.agent')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='macros', to='replies.savedreply')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('name'), name='macro_name_once'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('workspace', 'key'), name='macro_key_once')],
            },
        ),
        migrations.CreateModel(
            name='ReplyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits for approval'), ('returned', 'Sent back')], max_length=10)),
                ('number', models.PositiveIntegerField(default=1)),
                ('titles', models.JSONField()),
                ('source_language', models.CharField(max_length=10)),
                ('texts', models.JSONField()),
                ('checked', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('uploads', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('alts', models.JSONField(default=dict)),
                ('left_out', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='change', to='replies.savedreply')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('alt', models.CharField(blank=True, max_length=1000)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='replies.savedreply')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('formality', models.CharField(max_length=10)),
                ('audience', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('inserted_at', models.DateTimeField()),
                ('kept', models.FloatField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspaces.agent')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='replies.savedreply')),
            ],
            options={
                'indexes': [models.Index(fields=['reply', 'inserted_at'], name='reply_use_of_reply'), models.Index(condition=models.Q(('message', None)), fields=['ticket', 'agent'], name='reply_use_open')],
            },
        ),
        migrations.CreateModel(
            name='ReplyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('words', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='replies.savedreply')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('reply'), models.F('number'), name='reply_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('el', 'Ελληνικά'), ('sl', 'Slovenščina'), ('hu', 'Magyar'), ('cs', 'Čeština')], max_length=10)),
                ('formality', models.CharField(choices=[('formal', 'Formal'), ('informal', 'Informal')], max_length=10)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('private', 'Private message'), ('email', 'E-mail')], max_length=10)),
                ('length', models.CharField(choices=[('short', 'Short'), ('normal', 'Normal'), ('long', 'Long')], default='normal', max_length=10)),
                ('text', models.TextField()),
                ('source_text', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='replies.savedreply')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('reply'), models.F('language'), models.F('formality'), models.F('audience'), models.F('length'), name='variant_once')],
            },
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contacts', '0001_initial'),
        ('inboxes', '0001_initial'),
        ('workspaces', '0001_initial'),
    ]

    operations = [
        UnaccentExtension(),
        # Accents do not matter when people search, and no language's word endings are guessed.
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION heard (COPY = simple);
            ALTER TEXT SEARCH CONFIGURATION heard
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
            """,
            "DROP TEXT SEARCH CONFIGURATION heard",
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'In'), ('out', 'Out')], max_length=3)),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post')], max_length=20)),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('parent_external_id', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('public', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('permalink', models.URLField(blank=True, max_length=2000)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('recommends', models.BooleanField(null=True)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('edited_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('hidden_at', models.DateTimeField(null=True)),
                ('liked_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('open', 'Waiting'), ('answered', 'Answered'), ('thanked', 'Thanked'), ('dismissed', 'Dismissed')], max_length=10)),
                ('outcome_reason', models.TextField(blank=True)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('delivery', models.CharField(blank=True, choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('read', 'Read'), ('failed', 'Failed'), ('unconfirmed', 'May have been sent'), ('cancelled', 'Taken back')], max_length=12)),
                ('delivery_problem', models.CharField(blank=True, max_length=30)),
                ('delivery_reason', models.TextField(blank=True)),
                ('private_reply', models.BooleanField(default=False)),
                ('extended', models.BooleanField(default=False)),
                ('token', models.UUIDField(default=None, null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text', config='heard'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='tickets.message')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='contacts.identity')),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('outcome_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='MessageVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('until', models.DateTimeField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('permalink', models.URLField(blank=True, max_length=2000)),
                ('picture_url', models.URLField(blank=True, max_length=2000)),
                ('author_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(null=True)),
                ('advert', models.BooleanField(default=False)),
                ('wanted', models.BooleanField(default=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('removed_at', models.DateTimeField(null=True)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=200)),
                ('name', models.CharField(blank=True, max_length=40)),
                ('emoji', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post')], max_length=20)),
                ('key', models.CharField(max_length=200)),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='tickets.thread'),
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post')], max_length=20)),
                ('state', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('resolved', 'Resolved')], default='open', max_length=10)),
                ('resolution', models.CharField(blank=True, choices=[('solved', 'Solved'), ('no_answer_needed', 'No answer needed'), ('outside_our_control', 'Outside our control'), ('duplicate', 'Duplicate'), ('spam', 'Spam')], max_length=20)),
                ('resolution_note', models.TextField(blank=True)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('preview', models.CharField(blank=True, max_length=300)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('snoozed_until', models.DateTimeField(null=True)),
                ('last_message_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='workspaces.agent')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='contacts.contact')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='tickets.ticket')),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='inboxes.inbox')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='tickets.post')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.AddField(
            model_name='thread',
            name='ticket',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='tickets.ticket'),
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('looking_until', models.DateTimeField(null=True)),
                ('writing_until', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='tickets.ticket')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='tickets.ticket'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('public', 'Public'), ('private', 'Private'), ('note', 'Note')], max_length=10)),
                ('text', models.TextField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='tickets.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('url', models.TextField(blank=True)),
                ('name', models.CharField(blank=True, max_length=255)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('detail', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('stored', 'Stored'), ('failed', 'Failed'), ('linked', 'Linked')], default='pending', max_length=10)),
                ('state_reason', models.CharField(blank=True, max_length=200)),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['id'], name='attachment_pending')],
            },
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('wanted', True)), fields=['inbox', 'id'], name='post_wanted'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(models.F('inbox'), models.F('external_id'), name='post_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(models.F('message'), models.F('address'), name='reaction_once'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'waiting_since', 'id'], name='ticket_needs_answer'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'assignee', 'waiting_since', 'id'], include=('inbox',), name='ticket_assigned'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'inbox', 'waiting_since', 'id'], name='ticket_of_inbox'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['workspace', 'snoozed_until', 'id'], name='ticket_snoozed'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'answered')), name='ticket_answered'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'resolved')), name='ticket_resolved'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='ticket_newest'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['contact', '-id'], name='ticket_of_contact'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('number'), name='ticket_number_once'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('waiting_since__isnull', False)), models.Q(models.Q(('state', 'open'), _negated=True), ('waiting_since__isnull', True)), _connector='OR'), name='ticket_open_is_waiting'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'resolved'), models.Q(('resolution', ''), _negated=True)), models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolution', '')), _connector='OR'), name='ticket_resolved_has_resolution'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('snoozed_until', None), ('state', 'open'), _connector='OR'), name='ticket_only_open_snoozes'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(models.F('inbox'), models.F('key'), name='thread_once'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(models.F('ticket'), models.F('agent'), name='presence_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['ticket', 'at', 'id'], name='message_of_ticket'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['workspace', '-id'], name='message_newest'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('parent', None), models.Q(('parent_external_id', ''), _negated=True)), fields=['inbox', 'parent_external_id'], name='message_orphan'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('delivery__in', ('failed', 'unconfirmed'))), fields=['workspace', '-id'], name='message_not_sent'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('outcome', 'open')), fields=['ticket', 'at'], name='message_waiting'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('direction', 'in')), fields=['inbox', 'outcome'], name='message_ledger'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('delivery__in', ('sending', 'sent', 'delivered', 'unconfirmed'))), fields=['inbox', 'sent_at'], name='message_unread_out'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='message_search'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('inbox', 'external_id'), name='message_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('token',), name='message_token_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), models.Q(('outcome', ''), _negated=True), ('delivery', '')), models.Q(('direction', 'out'), ('outcome', ''), models.Q(('delivery', ''), _negated=True)), _connector='OR'), name='message_in_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(models.F('ticket'), models.F('agent'), models.F('mode'), name='draft_once'),
        ),
        # Without it the planner takes every word for a rare one and picks the wrong index.
        migrations.RunSQL(
            "ALTER TABLE tickets_message ALTER COLUMN search SET STATISTICS 3000",
            migrations.RunSQL.noop,
        ),
    ]

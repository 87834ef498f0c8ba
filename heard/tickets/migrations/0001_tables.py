import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# As with identities: a ticket opened while its contact is being merged belongs to the one that is kept.
LIVING = """
CREATE FUNCTION tickets_ticket_of_the_living() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.contact_id := contacts_living(NEW.contact_id);
    RETURN NEW;
END $$;
CREATE TRIGGER ticket_of_the_living BEFORE INSERT ON tickets_ticket
    FOR EACH ROW EXECUTE FUNCTION tickets_ticket_of_the_living();
"""
NOT_LIVING = """
DROP TRIGGER ticket_of_the_living ON tickets_ticket;
DROP FUNCTION tickets_ticket_of_the_living();
"""


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('tickets', '0001_initial'),
        ('tickets', '0002_ticket_unassigned'),
        ('tickets', '0003_unanswerable_and_repost'),
        ('tickets', '0004_message_of_inbox'),
        ('tickets', '0005_message_template'),
        ('tickets', '0006_open_and_tagged'),
        ('tickets', '0007_more_kinds'),
        ('tickets', '0008_of_inbox'),
        ('tickets', '0009_presence_now'),
        ('tickets', '0010_parts_and_buttons'),
        ('tickets', '0011_calls'),
        ('tickets', '0012_priority'),
        ('tickets', '0013_language_of_messages'),
        ('tickets', '0014_pending_replies'),
        ('tickets', '0015_call_backs_told'),
        ('tickets', '0016_product'),
        ('tickets', '0017_then'),
    ]

    initial = True

    dependencies = [
        ('contacts', '0001_tables'),
        ('inboxes', '0001_tables'),
        ('products', '0001_tables'),
        ('workspaces', '0001_tables'),
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
            options={
                'indexes': [models.Index(condition=models.Q(('wanted', True)), fields=['inbox', 'id'], name='post_wanted')],
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('external_id'), name='post_once')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post'), ('email', 'E-mail'), ('chat', 'Chat'), ('form', 'Form'), ('call', 'Call')], max_length=20)),
                ('state', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('resolved', 'Resolved')], default='open', max_length=10)),
                ('resolution', models.CharField(blank=True, choices=[('solved', 'Solved'), ('no_answer_needed', 'No answer needed'), ('outside_our_control', 'Outside our control'), ('duplicate', 'Duplicate'), ('spam', 'Spam')], max_length=20)),
                ('resolution_note', models.TextField(blank=True)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('priority', models.CharField(choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High'), ('urgent', 'Urgent')], db_default='normal', default='normal', max_length=10)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('subject', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('preview', models.CharField(blank=True, max_length=300)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('snoozed_until', models.DateTimeField(null=True)),
                ('call_back_at', models.DateTimeField(null=True)),
                ('answer_at', models.DateTimeField(null=True)),
                ('review_since', models.DateTimeField(null=True)),
                ('follow_up_at', models.DateTimeField(null=True)),
                ('follow_up_note', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('follow_up_due', models.BooleanField(db_default=False, default=False)),
                ('last_message_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='workspaces.agent')),
                ('contact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='contacts.contact')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='tickets.ticket')),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='inboxes.inbox')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='tickets.post')),
                ('product', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='products.product')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='workspaces.team')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'waiting_since', 'id'], name='ticket_needs_answer'), models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'assignee', 'waiting_since', 'id'], include=('inbox',), name='ticket_assigned'), models.Index(condition=models.Q(('assignee', None), ('snoozed_until', None), ('state', 'open')), fields=['workspace', 'waiting_since', 'id'], name='ticket_unassigned'), models.Index(condition=models.Q(('snoozed_until', None), ('state', 'open')), fields=['workspace', 'inbox', 'waiting_since', 'id'], name='ticket_of_inbox'), models.Index(condition=models.Q(('assignee', None), ('snoozed_until', None), ('state', 'open')), fields=['workspace', 'inbox', 'waiting_since', 'id'], name='ticket_unassigned_of_inbox'), models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['workspace', 'snoozed_until', 'id'], name='ticket_snoozed'), models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['workspace', 'inbox', 'snoozed_until', 'id'], name='ticket_snoozed_of_inbox'), models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'answered')), name='ticket_answered'), models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'resolved')), name='ticket_resolved'), models.Index(models.F('workspace'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='ticket_newest'), models.Index(models.F('workspace'), models.F('inbox'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'answered')), name='ticket_answered_of_inbox'), models.Index(models.F('workspace'), models.F('inbox'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'resolved')), name='ticket_resolved_of_inbox'), models.Index(models.F('workspace'), models.F('inbox'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='ticket_newest_of_inbox'), models.Index(fields=['contact', '-id'], name='ticket_of_contact'), models.Index(condition=models.Q(('product__isnull', False)), fields=['product', '-last_message_at', '-id'], name='ticket_of_product'), models.Index(condition=models.Q(('call_back_at__isnull', False)), fields=['workspace', 'call_back_at', 'id'], name='ticket_call_back'), models.Index(condition=models.Q(('answer_at__isnull', False)), fields=['workspace', 'answer_at', 'id'], name='ticket_answer_at'), models.Index(condition=models.Q(('review_since__isnull', False)), fields=['workspace', 'review_since', 'id'], name='ticket_review_since'), models.Index(condition=models.Q(('follow_up_at__isnull', False)), fields=['workspace', 'follow_up_at', 'id'], name='ticket_follow_up_at'), models.Index(condition=models.Q(('state', 'open')), fields=['workspace', 'waiting_since', 'id'], name='ticket_open'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tags', []), _negated=True), fields=['tags'], name='ticket_tagged')],
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('number'), name='ticket_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('waiting_since__isnull', False)), models.Q(models.Q(('state', 'open'), _negated=True), ('waiting_since__isnull', True)), _connector='OR'), name='ticket_open_is_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'resolved'), models.Q(('resolution', ''), _negated=True)), models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolution', '')), _connector='OR'), name='ticket_resolved_has_resolution'), models.CheckConstraint(condition=models.Q(('snoozed_until', None), ('state', 'open'), _connector='OR'), name='ticket_only_open_snoozes')],
            },
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
            options={
                'indexes': [models.Index(fields=['workspace', 'looking_until'], name='presence_now')],
                'constraints': [models.UniqueConstraint(models.F('ticket'), models.F('agent'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post'), ('email', 'E-mail'), ('chat', 'Chat'), ('form', 'Form'), ('call', 'Call')], max_length=20)),
                ('key', models.CharField(max_length=200)),
                ('identity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='contacts.identity')),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='tickets.ticket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('key'), name='thread_once')],
            },
        ),
        migrations.CreateModel(
            name='TicketHome',
            fields=[
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='home', serialize=False, to='tickets.ticket')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.contact')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('result', models.CharField(blank=True, choices=[('', 'Still to be made'), ('done', 'Called'), ('missed', 'Not made')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('ended_at', models.DateTimeField(null=True)),
                ('told_due_at', models.DateTimeField(null=True)),
                ('told_late_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='call_backs', to='workspaces.agent')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.thread')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_backs', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('result', '')), fields=['ticket', 'at'], name='call_back_open'), models.Index(condition=models.Q(('result', '')), fields=['workspace', 'at'], name='call_back_to_make'), models.Index(condition=models.Q(('result', ''), ('told_late_at', None)), fields=['at'], name='call_back_to_remind')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'In'), ('out', 'Out')], max_length=3)),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('direct', 'Direct message'), ('mention', 'Mention'), ('review', 'Review'), ('post', 'Visitor post'), ('email', 'E-mail'), ('chat', 'Chat'), ('form', 'Form'), ('call', 'Call')], max_length=20)),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('parent_external_id', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, db_default='', default='', max_length=10)),
                ('language_certain', models.BooleanField(db_default=False, default=False)),
                ('public', models.BooleanField()),
                ('subject', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('copies', models.JSONField(db_default=[], default=list)),
                ('automatic', models.BooleanField(db_default=False, default=False)),
                ('verified', models.BooleanField(null=True)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('permalink', models.URLField(blank=True, max_length=2000)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('recommends', models.BooleanField(null=True)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('unanswerable', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('edited_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('hidden_at', models.DateTimeField(null=True)),
                ('liked_at', models.DateTimeField(null=True)),
                ('reposted_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('open', 'Waiting'), ('answered', 'Answered'), ('thanked', 'Thanked'), ('dismissed', 'Dismissed')], max_length=10)),
                ('outcome_reason', models.TextField(blank=True)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('delivery', models.CharField(blank=True, choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('read', 'Read'), ('failed', 'Failed'), ('unconfirmed', 'May have been sent'), ('cancelled', 'Taken back')], max_length=12)),
                ('delivery_problem', models.CharField(blank=True, max_length=30)),
                ('delivery_reason', models.TextField(blank=True)),
                ('private_reply', models.BooleanField(default=False)),
                ('extended', models.BooleanField(default=False)),
                ('template', models.JSONField(null=True)),
                ('buttons', models.JSONField(db_default=[], default=list)),
                ('signature', models.TextField(null=True)),
                ('token', models.UUIDField(default=None, null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text', config='heard'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='tickets.message')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='contacts.identity')),
                ('inbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('outcome_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='tickets.message')),
                ('part_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='tickets.message')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='tickets.thread')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['ticket', 'at', 'id'], name='message_of_ticket'), models.Index(fields=['workspace', '-id'], name='message_newest'), models.Index(fields=['inbox', 'at'], name='message_of_inbox'), models.Index(condition=models.Q(('parent', None), models.Q(('parent_external_id', ''), _negated=True)), fields=['inbox', 'parent_external_id'], name='message_orphan'), models.Index(condition=models.Q(('delivery__in', ('failed', 'unconfirmed'))), fields=['workspace', 'ticket', 'id'], include=('delivery', 'automatic', 'agent'), name='message_unsent'), models.Index(condition=models.Q(('outcome', 'open')), fields=['ticket', 'at'], name='message_waiting'), models.Index(condition=models.Q(('direction', 'in')), fields=['inbox', 'outcome'], name='message_ledger'), models.Index(condition=models.Q(('delivery__in', ('sending', 'sent', 'delivered', 'unconfirmed'))), fields=['inbox', 'sent_at'], name='message_unread_out'), models.Index(condition=models.Q(('part_of__isnull', False)), fields=['part_of'], name='message_part'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='message_search'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['id'], name='message_pages', pages_per_range=64)],
                'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('inbox', 'external_id'), name='message_once'), models.UniqueConstraint(fields=('token',), name='message_token_once'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), models.Q(('outcome', ''), _negated=True), ('delivery', '')), models.Q(('direction', 'out'), ('outcome', ''), models.Q(('delivery', ''), _negated=True)), _connector='OR'), name='message_in_has_outcome')],
            },
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
        migrations.CreateModel(
            name='Call',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='call', serialize=False, to='tickets.message')),
                ('result', models.CharField(choices=[('reached', 'Reached'), ('not_reached', 'Not reached'), ('voicemail', 'Voicemail')], max_length=12)),
                ('minutes', models.PositiveSmallIntegerField(null=True)),
                ('reporter', models.CharField(blank=True, max_length=200)),
                ('came_by', models.CharField(blank=True, max_length=100)),
                ('issue', models.CharField(blank=True, max_length=100)),
                ('sub_issue', models.CharField(blank=True, max_length=100)),
                ('severity', models.CharField(blank=True, choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High'), ('critical', 'Critical')], max_length=10)),
                ('people_affected', models.PositiveIntegerField(null=True)),
                ('safety_risk', models.BooleanField(null=True)),
                ('steps_tried', models.TextField(blank=True)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('public', 'Public'), ('private', 'Private'), ('note', 'Note')], max_length=10)),
                ('text', models.TextField()),
                ('language', models.CharField(blank=True, db_default='', default='', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.agent')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('via', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='tickets.thread')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.ticket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('ticket'), models.F('agent'), models.F('mode'), name='draft_once')],
            },
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
            name='PendingReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('scheduled', 'Goes out later'), ('review', 'To be looked over'), ('sent', 'Sent'), ('returned', 'Returned'), ('taken_back', 'Taken back'), ('overtaken', 'Overtaken'), ('stopped', 'Stopped')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('public', models.BooleanField()),
                ('private', models.BooleanField()),
                ('template', models.JSONField(null=True)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('buttons', models.JSONField(default=list)),
                ('copies', models.JSONField(default=list)),
                ('adds', models.JSONField(default=list)),
                ('warned', models.BooleanField(default=False)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('overrides', models.JSONField(default=list)),
                ('signs', models.BooleanField(default=True)),
                ('then', models.JSONField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('question', models.TextField(blank=True)),
                ('text_before', models.TextField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=30)),
                ('comment', models.TextField(blank=True)),
                ('findings', models.JSONField(default=list)),
                ('ended_at', models.DateTimeField(null=True)),
                ('noticed_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workspaces.agent')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('via', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.thread')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_replies', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'scheduled')), fields=['at', 'id'], name='pending_due'), models.Index(condition=models.Q(('state__in', ('scheduled', 'review'))), fields=['ticket', 'id'], name='pending_open'), models.Index(condition=models.Q(('noticed_at', None), ('state__in', ('returned', 'overtaken', 'stopped'))), fields=['workspace', 'agent', 'ticket'], name='pending_came_back'), models.Index(condition=models.Q(('state__in', ('scheduled', 'review'))), fields=['workspace', 'ticket'], name='pending_under_way')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(models.F('message'), models.F('address'), name='reaction_once')],
            },
        ),
        # Without it the planner takes every word for a rare one and picks the wrong index.
        migrations.RunSQL(
            "ALTER TABLE tickets_message ALTER COLUMN search SET STATISTICS 3000",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(LIVING, NOT_LIVING),
    ]

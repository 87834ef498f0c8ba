import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('following_up', '0001_following_up'),
        ('following_up', '0002_by_saved_replies'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('replies', '0001_tables'),
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ask', 'Is it solved?'), ('remind', 'Reminder'), ('close', 'Closing')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('after', models.BigIntegerField()),
                ('due_at', models.DateTimeField()),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='tickets.ticket')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'id'], name='follow_up_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('ticket', 'kind'), name='follow_up_waits_once'), models.UniqueConstraint(condition=models.Q(('state', 'done')), fields=('ticket', 'kind', 'after'), name='follow_up_said_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ask', 'Is it solved?'), ('remind', 'Reminder'), ('close', 'Closing')], max_length=10)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='replies.savedreply')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('kind'), name='follow_up_reply_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ask_after', models.PositiveSmallIntegerField(null=True)),
                ('remind_after', models.PositiveSmallIntegerField(null=True)),
                ('close_after', models.PositiveSmallIntegerField(null=True)),
                ('inbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('inbox'), name='follow_up_rule_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='FollowUpText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('ask', models.TextField(blank=True)),
                ('remind', models.TextField(blank=True)),
                ('close', models.TextField(blank=True)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('language'), name='follow_up_text_once')],
            },
        ),
        migrations.CreateModel(
            name='LeftAlone',
            fields=[
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='left_alone', serialize=False, to='tickets.ticket')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
        ),
    ]

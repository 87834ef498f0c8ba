import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('contacts', '0001_initial'),
        ('contacts', '0002_identity_aliases'),
        ('contacts', '0003_merge'),
        ('contacts', '0004_language_and_address'),
        ('contacts', '0005_used_link'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('language_from', models.CharField(blank=True, choices=[('detected', 'Recognised in what they wrote'), ('network', 'Told by the network'), ('said', 'Said by a colleague')], db_default='', default='', max_length=10)),
                ('heard_language', models.CharField(blank=True, db_default='', default='', max_length=10)),
                ('heard_times', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('formality', models.CharField(blank=True, choices=[('formal', 'Formal'), ('informal', 'Informal')], db_default='', default='', max_length=10)),
                ('time_zone', models.CharField(blank=True, max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.contact')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), name='contact_name_trigrams'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='contact_merged')],
                'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='contact_not_into_itself'), models.UniqueConstraint(models.F('workspace'), models.F('id'), name='contact_in_workspace')],
            },
        ),
        migrations.CreateModel(
            name='UsualFormality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('formality', models.CharField(choices=[('formal', 'Formal'), ('informal', 'Informal')], max_length=10)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('language'), name='usual_formality_once')],
            },
        ),
        migrations.CreateModel(
            name='ContactMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('evidence', models.JSONField(default=list)),
                ('moved', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='contacts.contact')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='took', to='contacts.contact')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone',), name='contact_gone_to_one_place'), models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='merge_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=200)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, db_default=[], default=list, size=None)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('handle', models.CharField(blank=True, max_length=200)),
                ('picture_url', models.URLField(blank=True, max_length=2000)),
                ('picture', models.CharField(blank=True, max_length=64)),
                ('proof', models.CharField(blank=True, choices=[('', 'Vouched for by the network'), ('claimed', 'Said by the customer, not confirmed'), ('verified', 'Confirmed')], db_default='', default='', max_length=10)),
                ('profile', models.CharField(choices=[('wanted', 'Wanted'), ('known', 'Known'), ('refused', 'Refused')], default='known', max_length=10)),
                ('profile_tries', models.PositiveSmallIntegerField(default=0)),
                ('last_wrote_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='contacts.contact')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.contact')),
                ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('profile', 'wanted')), fields=['inbox', 'id'], name='identity_profile_wanted'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('aliases', []), _negated=True), fields=['aliases'], name='identity_aliases'), models.Index(condition=models.Q(('home__isnull', False)), fields=['home'], name='identity_home'), models.Index(fields=['workspace', 'address'], name='identity_address'), models.Index(condition=models.Q(('picture', ''), _negated=True), fields=['contact'], include=('picture',), name='identity_picture')],
                'constraints': [models.UniqueConstraint(models.F('inbox'), models.F('address'), name='identity_once')],
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.contact')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.contact')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('one'), models.F('other'), name='not_the_same_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='not_the_same_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('said', 'an agent says that the customer said so'), ('given', 'the customer gave it with what they wrote'), ('code', 'the customer told us the code that we had sent there'), ('wrote', 'the customer wrote to us from there, and the sender is proved'), ('signed', 'a link that we had sent there was opened')], max_length=10)),
                ('at', models.DateTimeField()),
                ('proved_at', models.DateTimeField(null=True)),
                ('code_hash', models.CharField(blank=True, max_length=64)),
                ('code_until', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='contacts.identity')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claimed_by', to='contacts.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('claimant'), models.F('identity'), name='claim_once')],
            },
        ),
        migrations.CreateModel(
            name='UsedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.identity')),
                ('used_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.identity')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('given_to'), models.F('used_by'), name='used_link_once'), models.CheckConstraint(condition=models.Q(('given_to', models.F('used_by')), _negated=True), name='used_link_of_two')],
            },
        ),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import heard.forms.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('forms', '0001_initial'),
        ('forms', '0002_product'),
    ]

    initial = True

    dependencies = [
        ('inboxes', '0001_tables'),
        ('products', '0001_tables'),
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('key', models.CharField(default=heard.forms.models.new_key, max_length=32, unique=True)),
                ('slug', models.SlugField(blank=True, max_length=60)),
                ('is_on', models.BooleanField(default=False)),
                ('language', models.CharField(default='en', max_length=10)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('allowed_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('inbox', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='form', to='inboxes.inbox')),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inboxes.inbox')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('slug',), name='form_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='IssueKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('asks_text', models.BooleanField(default=False)),
                ('pinned', models.BooleanField(default=False)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_on', models.BooleanField(default=True)),
                ('priority', models.CharField(choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High'), ('urgent', 'Urgent')], default='normal', max_length=10)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='forms.issuekind')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='workspaces.team')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('key'), name='issue_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('text', 'Text in one line'), ('long', 'Longer text'), ('issue', 'What is wrong: your list of issues'), ('product', 'Which product: your list of products'), ('choice', 'One of several'), ('choices', 'Several of several'), ('date', 'Date'), ('number', 'Number'), ('email', 'E-mail address'), ('phone', 'Phone number'), ('file', 'Pictures and files'), ('consent', 'Consent')], max_length=10)),
                ('required', models.BooleanField(default=False)),
                ('position', models.PositiveIntegerField()),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('shown_values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('shown_when', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads_to', to='forms.field')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='forms.form')),
            ],
            options={
                'indexes': [models.Index(fields=['form', 'position', 'id'], name='field_of_form')],
                'constraints': [models.UniqueConstraint(models.F('form'), models.F('key'), name='field_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('language', models.CharField(max_length=10)),
                ('answers', models.JSONField(default=list)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('by_mail', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.form')),
                ('invited', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket')),
                ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='forms.issuekind')),
                ('message', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submission', to='tickets.message')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='products.product')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='tickets.ticket')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['issue', 'at'], name='submission_by_issue')],
            },
        ),
        migrations.CreateModel(
            name='FormText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('title', 'Title'), ('intro', 'Words before the questions'), ('next', 'What happens next'), ('label', 'Question'), ('hint', 'Hint'), ('option', 'Answer to choose')], max_length=10)),
                ('option', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(choices=[('en', 'English'), ('el', 'Ελληνικά'), ('sl', 'Slovenščina'), ('hu', 'Magyar'), ('cs', 'Čeština')], max_length=10)),
                ('text', models.TextField()),
                ('field', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='forms.field')),
                ('form', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='forms.form')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='forms.issuekind')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'field', 'issue', 'part', 'option', 'language'), name='form_text_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='KeptUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('field_key', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='forms.form')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='forms.submission')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('submission', None)), fields=['at'], name='upload_waiting')],
            },
        ),
    ]

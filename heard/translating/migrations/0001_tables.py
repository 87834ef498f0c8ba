import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('translating', '0001_translating'),
    ]

    initial = True

    dependencies = [
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Original',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('public', 'Public'), ('private', 'Private'), ('note', 'Note')], max_length=10)),
                ('language', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('into', models.CharField(max_length=10)),
                ('translated', models.TextField()),
                ('provider', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspaces.agent')),
                ('message', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='original', to='tickets.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='originals', to='tickets.ticket')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('message', None)), fields=('ticket', 'agent', 'mode'), name='original_of_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('problem', models.CharField(blank=True, max_length=40)),
                ('since', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspaces.agent')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='tickets.ticket')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('ticket'), models.F('agent'), name='reader_once')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=100)),
                ('source', models.CharField(blank=True, max_length=10)),
                ('target', models.CharField(blank=True, max_length=10)),
                ('translation', models.CharField(blank=True, max_length=100)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('text'), models.F('source'), models.F('target'), name='term_once')],
            },
        ),
        migrations.CreateModel(
            name='TranslatedCharacters',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('provider', models.CharField(max_length=20)),
                ('characters', models.PositiveBigIntegerField(default=0)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('month'), models.F('provider'), name='translated_characters_once')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('provider', models.CharField(max_length=20)),
                ('source', models.CharField(blank=True, max_length=10)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('message'), models.F('language'), models.F('provider'), name='translation_once')],
            },
        ),
        migrations.CreateModel(
            name='Translator',
            fields=[
                ('workspace', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='workspaces.workspace')),
                ('provider', models.CharField(choices=[('libretranslate', 'LibreTranslate, or a server that speaks like it'), ('deepl', 'DeepL')], max_length=20)),
                ('base_url', models.URLField(blank=True, max_length=500)),
                ('sealed_key', models.TextField(blank=True)),
                ('monthly_cap', models.PositiveIntegerField(null=True)),
                ('problem', models.CharField(blank=True, max_length=40)),
                ('problem_detail', models.CharField(blank=True, max_length=300)),
                ('problem_at', models.DateTimeField(null=True)),
                ('worked_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('letters', '0001_letters'),
    ]

    initial = True

    dependencies = [
        ('tickets', '0001_tables'),
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('html', models.TextField(blank=True)),
                ('with_pictures', models.TextField(blank=True)),
                ('blocked', models.PositiveIntegerField(default=0)),
                ('policy', models.PositiveSmallIntegerField()),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='tickets.message')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['policy'], name='letter_of_old_policy')],
            },
        ),
    ]

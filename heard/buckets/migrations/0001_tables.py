from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('buckets', '0001_all_processes'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('key', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('count', models.IntegerField(default=1)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE buckets_bucket SET UNLOGGED", reverse_sql="ALTER TABLE buckets_bucket SET LOGGED"
        ),
    ]

import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    # What data directories of the time before the first version have behind them.
    replaces = [
        ('events', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('workspaces', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('ticket_id', models.BigIntegerField(null=True)),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='workspaces.agent')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='workspaces.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['ticket_id', 'id'], name='event_of_ticket'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='event_by_time')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION events_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the event log is only ever added to';
            END $$;
            CREATE TRIGGER events_only_added BEFORE UPDATE OR DELETE ON events_eventrecord
                FOR EACH ROW EXECUTE FUNCTION events_only_added();
            """,
            "DROP FUNCTION events_only_added CASCADE",
        ),
    ]

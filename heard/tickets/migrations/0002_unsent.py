from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

# Five million messages are looked through twice, and whoever writes meanwhile is waited for, not stopped.
PATIENT = 'SET statement_timeout = 0; SET lock_timeout = 0;'
AS_USUAL = 'RESET statement_timeout; RESET lock_timeout;'


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('tickets', '0001_tables'),
    ]

    operations = [
        migrations.RunSQL(PATIENT, AS_USUAL),
        # What is left of a try that was broken off.
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS message_unsent;', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('delivery__in', ('failed', 'unconfirmed'))), fields=['workspace', 'ticket', 'id'], name='message_unsent'),
        ),
        RemoveIndexConcurrently(
            model_name='message',
            name='message_not_sent',
        ),
        migrations.RunSQL(AS_USUAL, PATIENT),
    ]

from django.db import migrations

# For tables that were made before this index was chosen; where they were made after, this changes nothing.
# Five million messages are looked through twice, and whoever writes meanwhile is waited for, not stopped.
STEPS = (
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'DROP INDEX CONCURRENTLY IF EXISTS message_pages',
    """
    CREATE INDEX CONCURRENTLY message_pages ON tickets_message USING brin (id)
        WITH (pages_per_range = 64, autosummarize = on)
    """,
    'RESET lock_timeout',
    'RESET statement_timeout',
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('tickets', '0002_unsent'),
    ]

    operations = [migrations.RunSQL(step, migrations.RunSQL.noop) for step in STEPS]

from django.db import migrations

# For tables that were made before these indexes were chosen; where they were made after, this changes nothing.
# Five million messages are looked through twice, and whoever writes meanwhile is waited for, not stopped.
STEPS = (
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'DROP INDEX CONCURRENTLY IF EXISTS message_unsent',
    """
    CREATE INDEX CONCURRENTLY message_unsent ON tickets_message (workspace_id, ticket_id, id)
        INCLUDE (delivery, automatic, agent_id) WHERE delivery IN ('failed', 'unconfirmed')
    """,
    'DROP INDEX CONCURRENTLY IF EXISTS message_not_sent',
    # Another index begins with the same column.
    'DROP INDEX CONCURRENTLY IF EXISTS tickets_message_ticket_id_a1134910',
    'DROP INDEX CONCURRENTLY IF EXISTS tickets_message_inbox_id_88e1b01d',
    'DROP INDEX CONCURRENTLY IF EXISTS tickets_message_workspace_id_8b9cb2cd',
    'DROP INDEX CONCURRENTLY IF EXISTS tickets_ticket_contact_id_a9a8a57d',
    'DROP INDEX CONCURRENTLY IF EXISTS tickets_ticket_workspace_id_2595546d',
    'RESET lock_timeout',
    'RESET statement_timeout',
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('tickets', '0001_tables'),
    ]

    operations = [migrations.RunSQL(step, migrations.RunSQL.noop) for step in STEPS]

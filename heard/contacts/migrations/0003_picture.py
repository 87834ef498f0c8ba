from django.db import migrations

# For tables that were made before this index was chosen; where they were made after, this changes nothing.
# Identities are looked through twice, and whoever writes meanwhile is waited for, not stopped.
STEPS = (
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'DROP INDEX CONCURRENTLY IF EXISTS identity_picture',
    """
    CREATE INDEX CONCURRENTLY identity_picture ON contacts_identity (contact_id) INCLUDE (picture)
        WHERE NOT (picture = '')
    """,
    'RESET lock_timeout',
    'RESET statement_timeout',
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('contacts', '0002_merged'),
    ]

    operations = [migrations.RunSQL(step, migrations.RunSQL.noop) for step in STEPS]

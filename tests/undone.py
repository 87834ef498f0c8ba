"""A world that is made once for many tests, each of which leaves it as it was.

The mark `django_db` cannot be used with it: it closes the connection after each test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back; inside another one, only up to a savepoint."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Between two tests of one world there may be many of other modules.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
        transaction.set_rollback(True)

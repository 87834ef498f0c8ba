"""Django's connection to PostgreSQL, and what it does with a pool whose connections are gone.

After a restart of the database all of them are. The pool's own check looks at one after the other, with one
second, two and four between: three that are gone are more than anybody waits. Here the first that is found gone
lets the pool look at all the others at once.

A connection that was in use a moment ago is not asked whether it is well: what ended in between has closed its
socket, and that is seen without a question. Whatever was idle for longer is asked; the network may have lost it.
"""

from __future__ import annotations

import select
import time
from datetime import UTC
from typing import Any, Final, cast

from django.db.backends.postgresql import base
from psycopg import Error
from psycopg_pool import ConnectionPool

from heard.postgres.known_words import KnownWords
from heard.postgres.quick_times import with_quick_times

USED: Final = "_heard_used_at"
IDLE_SECONDS: Final = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        if self.timezone is UTC:
            parameters["context"] = with_quick_times(parameters["context"])
        return parameters

    def cursor_of_known_words(self) -> Any:
        """For statements that are sent again and again, all values of which are %s."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return cast("Any", self)._prepare_cursor(KnownWords(self.connection))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        found = super().get_new_connection(conn_params)
        pool = self.pool
        if pool is None:
            return found
        try:
            if not _is_well(found):
                ConnectionPool.check_connection(found)
        except Error:
            pool.putconn(found)
            pool.check()
            return super().get_new_connection(conn_params)
        return found


def _is_well(found: Any) -> bool:
    """In use a moment ago, and nothing has come since: a server that goes says so, or its socket ends."""
    now, used = time.monotonic(), getattr(found, USED, -IDLE_SECONDS)
    setattr(found, USED, now)
    if now - used >= IDLE_SECONDS:
        return False
    poll = select.poll()
    poll.register(found.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not poll.poll(0)

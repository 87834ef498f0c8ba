"""Django's connection to PostgreSQL, and what it does with a pool whose connections are gone.

After a restart of the database all of them are. The pool's own check looks at one after the other, with one
second, two and four between: three that are gone are more than anybody waits. Here the first that is found gone
lets the pool look at all the others at once.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db.backends.postgresql import base
from psycopg import Error, RawCursor
from psycopg_pool import ConnectionPool

# Of a page's long statements there are some dozens.
MOST_KEPT = 512


class KnownWords(RawCursor[Any]):
    """Its statements are the same text each time: the driver would look through all of it for values each time."""

    _numbered: ClassVar[dict[str, bytes]] = {}

    def execute(self, query: Any, params: Any = None, **told: Any) -> Any:
        return super().execute(self._numbered.get(query) or self._number(query), params, **told)

    @classmethod
    def _number(cls, words: str) -> bytes:
        while len(cls._numbered) >= MOST_KEPT:
            cls._numbered.pop(next(iter(cls._numbered)), None)
        found = _numbered(words).encode()
        cls._numbered[words] = found
        return found


def _numbered(words: str) -> str:
    """With $1 and so on in the places of %s."""
    parts = words.replace("%%", "\0").split("%s")
    numbered = "".join(f"${place}{part}" for place, part in enumerate(parts))
    return numbered.removeprefix("$0").replace("\0", "%")


class DatabaseWrapper(base.DatabaseWrapper):
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
            ConnectionPool.check_connection(found)
        except Error:
            pool.putconn(found)
            pool.check()
            return super().get_new_connection(conn_params)
        return found

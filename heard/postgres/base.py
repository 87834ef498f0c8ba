"""Django's connection to PostgreSQL, and what it does with a pool whose connections are gone.

After a restart of the database all of them are. The pool's own check looks at one after the other, with one
second, two and four between: three that are gone are more than anybody waits. Here the first that is found gone
lets the pool look at all the others at once.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Error
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
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

"""A connection to PostgreSQL for the parts that do without Django: opened when needed, reopened when lost."""

from __future__ import annotations

from typing import Any

import psycopg


class Link:
    """One autocommit connection. Not for two callers at once.

    `run` raises psycopg.OperationalError while the database is away, and works again when it is back.
    """

    def __init__(self, url: str, *, name: str) -> None:
        self.url, self.name = url, name
        self._open: psycopg.AsyncConnection[Any] | None = None

    async def run(self, query: Any, parameters: Any = None) -> psycopg.AsyncCursor[Any]:
        connection = await self.connection()
        try:
            return await connection.execute(query, parameters)
        except psycopg.OperationalError:
            await self.close()
            raise

    async def connection(self) -> psycopg.AsyncConnection[Any]:
        if self._open is None or self._open.closed:
            self._open = await psycopg.AsyncConnection.connect(
                self.url, autocommit=True, connect_timeout=3, application_name=self.name
            )
        return self._open

    async def close(self) -> None:
        if self._open is not None:
            await self._open.close()
        self._open = None

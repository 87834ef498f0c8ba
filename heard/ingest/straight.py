"""A connection spoken to in libpq's own words, for the one statement that every hook waits for.

psycopg's asynchronous cursor takes as long as PostgreSQL itself: it asks the loop anew for every wait and
makes a cursor for every statement. Here one reader stays with the loop, and one future waits for the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result

from heard.ingest.link import Link

# Planning a statement anew for the very values gains nothing here.
_PLAN_ONCE = {"plan_cache_mode": "force_generic_plan"}
_DONE = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)


class StraightLink:
    """Runs prepared statements, one after the other. Not for two callers at once.

    `run` raises psycopg.Error, an OperationalError while the database is away; it works again when it is back.
    """

    def __init__(self, url: str, *, name: str, settings: Mapping[str, str] | None = None) -> None:
        self._link = Link(url, name=name)
        self._settings = _PLAN_ONCE | dict(settings or {})
        self._wire: _Wire | None = None

    async def run(self, query: bytes, parameters: Sequence[bytes] = (), *, types: Sequence[int] = ()) -> None:
        """`parameters` as PostgreSQL's binary form has them, `types` are the oids of their types."""
        wire = await self._open()
        try:
            await wire.prepare(query, types)
            await wire.execute(query, parameters)
        except (psycopg.OperationalError, asyncio.CancelledError):
            await self.close()  # whoever is cancelled leaves half an answer behind
            raise

    async def close(self) -> None:
        if self._wire is not None:
            self._wire.let_go()
        self._wire = None
        await self._link.close()

    async def _open(self) -> _Wire:
        if self._wire is None or self._wire.lost:
            await self.close()
            connection = await self._link.connection()
            for name, value in self._settings.items():
                await connection.execute("SELECT set_config(%s, %s, false)", [name, value])
            self._wire = _Wire(connection.pgconn)
        return self._wire


class _Wire:
    """One connection, for as long as it lasts."""

    def __init__(self, connection: pq.abc.PGconn) -> None:
        self.lost = False
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._socket = connection.socket
        self._names: dict[bytes, bytes] = {}
        self._answer: asyncio.Future[None] | None = None
        self._error: psycopg.Error | None = None
        self._writing = False
        self._loop.add_reader(self._socket, self._read)

    async def prepare(self, query: bytes, types: Sequence[int]) -> None:
        if query not in self._names:
            name = b"heard_%d" % len(self._names)
            self._connection.send_prepare(name, query, types)
            await self._answered()
            self._names[query] = name

    async def execute(self, query: bytes, parameters: Sequence[bytes]) -> None:
        formats = [pq.Format.BINARY] * len(parameters)
        self._connection.send_query_prepared(self._names[query], parameters, formats)
        await self._answered()

    def let_go(self) -> None:
        if not self.lost:
            self.lost = True
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)

    async def _answered(self) -> None:
        self._answer, self._error = self._loop.create_future(), None
        self._write()
        try:
            await self._answer
        finally:
            self._answer = None

    def _write(self) -> None:
        """What is large does not fit into the socket at once: go on when there is room again."""
        try:
            unsent = bool(self._connection.flush())
        except psycopg.Error as error:
            self._end(error)
            return
        if unsent and not self._writing:
            self._loop.add_writer(self._socket, self._write)
        elif self._writing and not unsent:
            self._loop.remove_writer(self._socket)
        self._writing = unsent

    def _read(self) -> None:
        try:
            self._connection.consume_input()
            while self._answer is not None and not self._answer.done() and not self._connection.is_busy():
                self._take(self._answer, self._connection.get_result())
        except psycopg.Error as error:
            self._end(error)

    def _take(self, answer: asyncio.Future[None], result: pq.abc.PGresult | None) -> None:
        """Behind the last result of a statement comes none."""
        if result is not None:
            if result.status not in _DONE:
                self._error = error_from_result(result)
        elif self._error is not None:
            answer.set_exception(self._error)
        else:
            answer.set_result(None)

    def _end(self, error: psycopg.Error) -> None:
        self.let_go()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

"""Store what networks hand over, as quickly as PostgreSQL can commit.

Natural group commit: while one INSERT … commit is under way, everything that arrives is collected and
is the next multi-row INSERT. Under load a hundred calls share one commit; alone, a call waits for
nobody, least of all for a timer.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import psycopg
from pydantic_core import to_json

from heard.ingest.straight import StraightLink

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
# A burst wakes the worker once, not a thousand times.
WAKE_EVERY_SECONDS = 0.02
INTAKE_CHANNEL = "heard_intake"
_RING = f"NOTIFY {INTAKE_CHANNEL}".encode()

_COLUMNS = (
    "INSERT INTO ingest_rawcall (workspace_id, inbox_id, headers, body, received_at, duplicates) VALUES "
)
# The oids of bigint, bigint, jsonb and bytea, and how PostgreSQL's binary form of the first three begins.
_TYPES = (20, 20, 3802, 17)
_bigint = struct.Struct("!q").pack
_JSONB = b"\x01"


@cache
def _statement(rows: int) -> tuple[bytes, tuple[int, ...]]:
    values = (f"(${n + 1}, ${n + 2}, ${n + 3}, ${n + 4}, now(), 0)" for n in range(0, 4 * rows, 4))
    return (_COLUMNS + ", ".join(values)).encode(), _TYPES * rows


class StoreFull(Exception):
    """More is waiting than we promise to keep in memory: the network shall come again."""


class StoreAway(Exception):
    """The database cannot be reached: the network shall come again."""


@dataclass(frozen=True, slots=True)
class Call:
    workspace_id: int
    inbox_id: int
    headers: dict[str, str]
    body: bytes


Waiting = tuple[Call, asyncio.Future[None]]


class RawCallStore:
    def __init__(self, url: str, *, room: int) -> None:
        self.room = room
        self._waiting: deque[Waiting] = deque()
        self._arrived = asyncio.Event()
        self._stored = asyncio.Event()
        self._link = StraightLink(url, name="heard hooks")
        # Nothing is lost with a bell, so it need not wait for the disk, nor keep it busy.
        self._bell = StraightLink(url, name="heard hooks bell", settings={"synchronous_commit": "off"})
        self._busy = False
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._wake())]

    async def put(self, call: Call) -> None:
        """Returns when the call is committed. Raises StoreFull or StoreAway: then it is not stored."""
        if self._closing or len(self._waiting) >= self.room:
            raise StoreFull
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        alone = not (self._busy or self._waiting)
        self._waiting.append((call, stored))
        if alone:
            await self._write_now()
        else:
            self._arrived.set()
        await stored

    async def close(self) -> None:
        """Write what waits, then stop."""
        self._closing = True
        self._arrived.set()
        if self._tasks:
            await self._tasks[0]
        for task in self._tasks[1:]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._link.close()
        await self._bell.close()

    async def _write(self) -> None:
        while self._busy or self._waiting or not self._closing:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting and not self._busy:
                await self._write_now()

    async def _write_now(self) -> None:
        """By the writer, or by a call that comes alone: waking the writer for it would take a commit's time."""
        self._busy = True
        try:
            await self._write_some()
        finally:
            self._busy = False
            if self._waiting or self._closing:
                self._arrived.set()

    async def _write_some(self, *, most: int = MOST_AT_ONCE) -> None:
        some = [self._waiting.popleft() for _ in range(min(len(self._waiting), most))]
        try:
            await self._insert([call for call, _stored in some])
        except (psycopg.IntegrityError, psycopg.DataError) as error:
            await self._each_alone(some, error)
        except asyncio.CancelledError:
            _fail(some, StoreAway("the caller went away"))
            raise
        except Exception as error:
            # Whatever it is, the calls after these must still be written.
            if not isinstance(error, psycopg.Error):
                log.exception("%d calls were not stored", len(some))
            _fail(some, StoreAway(str(error)))
        else:
            self._done(some)

    async def _each_alone(self, some: list[Waiting], error: Exception) -> None:
        """One of them cannot be stored, its inbox was deleted just now, say: its neighbours can."""
        if len(some) == 1:
            _fail(some, StoreAway(str(error)))
            return
        for one in reversed(some):
            self._waiting.appendleft(one)
        for _ in some:
            await self._write_some(most=1)

    def _done(self, some: list[Waiting]) -> None:
        for _call, stored in some:
            if not stored.done():
                stored.set_result(None)
        self._stored.set()

    async def _insert(self, calls: list[Call]) -> None:
        parameters: list[bytes] = []
        for call in calls:
            headers = _JSONB + to_json(call.headers)
            parameters += (_bigint(call.workspace_id), _bigint(call.inbox_id), headers, call.body)
        query, types = _statement(len(calls))
        await self._link.run(query, parameters, types=types)

    async def _wake(self) -> None:
        """A NOTIFY of its own: inside the storing transaction it would make all commits queue up."""
        while True:
            await self._stored.wait()
            self._stored.clear()
            with suppress(psycopg.Error):  # the worker looks by itself now and then
                await self._bell.run(_RING)
            await asyncio.sleep(WAKE_EVERY_SECONDS)


def _fail(some: list[Waiting], error: Exception) -> None:
    for _call, stored in some:
        if not stored.done():
            stored.set_exception(error)

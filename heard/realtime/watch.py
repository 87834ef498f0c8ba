"""One LISTEN for a whole process: hears which tickets changed and tells every open stream of that workspace.

An idle stream costs a queue in memory and no connection to the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from heard.realtime.announce import CHANNEL

CHECK_EVERY_SECONDS = 3.0
AWAY_SECONDS = 1.0
QUESTIONS_AT_ONCE = 4
# More than this unread, and the page is told to look at everything anew.
MOST_UNREAD = 100

_STILL_ALLOWED = """
    SELECT agent.id, session.session_key
    FROM unnest(%s::bigint[], %s::text[]) AS open (agent_id, session_key)
    JOIN workspaces_agent AS agent ON agent.id = open.agent_id
    JOIN accounts_user AS person ON person.id = agent.user_id
    JOIN django_session AS session ON session.session_key = open.session_key
    WHERE agent.is_active AND person.is_active AND session.expire_date > now()
"""


@dataclass(eq=False)
class Watcher:
    """One open stream. `None` in its queue means: close."""

    agent_id: int
    workspace_id: int
    session_key: str
    changes: asyncio.Queue[dict[str, Any] | None] = field(
        default_factory=lambda: asyncio.Queue(maxsize=MOST_UNREAD)
    )

    def tell(self, change: dict[str, Any] | None) -> None:
        try:
            self.changes.put_nowait(change)
        except asyncio.QueueFull:
            while not self.changes.empty():
                self.changes.get_nowait()
            self.changes.put_nowait(change and {**change, "tickets": [], "all": True})


class Watch:
    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self._watchers: dict[int, set[Watcher]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        # After a restart all browsers come back together; they must not take all of the connections.
        self._questions = asyncio.Semaphore(QUESTIONS_AT_ONCE)
        self.last_id = time.time_ns() // 1_000_000

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._check_now_and_then())]

    async def close(self) -> None:
        for watcher in self._all():
            watcher.tell(None)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def watching(self, watcher: Watcher) -> AsyncIterator[Watcher]:
        self._watchers[watcher.workspace_id].add(watcher)
        try:
            yield watcher
        finally:
            self._watchers[watcher.workspace_id].discard(watcher)

    async def may_watch(self, watcher: Watcher) -> bool:
        """Raises psycopg.Error while the database is away."""
        return bool(await self._allowed([watcher]))

    async def _listen(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._tell_everyone()  # what happened while we were away, nobody has told us
                    async for notice in connection.notifies():
                        self._tell(json.loads(notice.payload))
            except (psycopg.Error, OSError):
                await asyncio.sleep(AWAY_SECONDS)

    def _tell(self, change: dict[str, Any]) -> None:
        self.last_id += 1
        for watcher in list(self._watchers.get(change["workspace"], ())):
            watcher.tell({**change, "id": self.last_id})

    def _tell_everyone(self) -> None:
        for workspace_id in list(self._watchers):
            self._tell({"workspace": workspace_id, "tickets": [], "all": True})

    async def _check_now_and_then(self) -> None:
        """Whoever was signed out or let go stops seeing within seconds."""
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            watchers = self._all()
            if not watchers:
                continue
            try:
                allowed = await self._allowed(watchers)
            except (psycopg.Error, OSError):
                continue
            for watcher in watchers:
                if (watcher.agent_id, watcher.session_key) not in allowed:
                    watcher.tell(None)

    async def _allowed(self, watchers: list[Watcher]) -> set[tuple[int, str]]:
        agents = [watcher.agent_id for watcher in watchers]
        sessions = [watcher.session_key for watcher in watchers]
        async with self._questions, await self._connect() as connection:
            rows = await (await connection.execute(_STILL_ALLOWED, (agents, sessions))).fetchall()
        return {(row[0], row[1]) for row in rows}

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self.database_url, autocommit=True, connect_timeout=3, application_name="heard stream"
        )

    def _all(self) -> list[Watcher]:
        return [watcher for watchers in self._watchers.values() for watcher in watchers]

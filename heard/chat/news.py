"""What is new in many windows, in one question to the database.

While one question is under way, everybody who wakes is collected and asks together with the next one. At peace
that is nobody else; when the intake takes a hundred lines in at once, or a hundred windows come back after a
restart, it is one statement instead of hundreds.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from heard.chat.rows import Found, Rows, VisitorRow

MOST_AT_ONCE = 100

Waiting = tuple[VisitorRow, datetime | None, asyncio.Future[Found]]


class News:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._waiting: list[Waiting] = []
        self._asking: asyncio.Task[None] | None = None

    async def of(self, visitor: VisitorRow, since: datetime | None) -> Found:
        """Everything since then, or the newest. Raises one of rows.AWAY."""
        found: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._waiting.append((visitor, since, found))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await found

    async def _ask(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                answers = await self._rows.news([(visitor, since) for visitor, since, _ in some])
            except BaseException as error:
                _fail(some, error)
                if not isinstance(error, Exception):
                    raise
            else:
                for (_visitor, _since, found), answer in zip(some, answers, strict=True):
                    if not found.done():  # its window was closed meanwhile
                        found.set_result(answer)


def _fail(some: list[Waiting], error: BaseException) -> None:
    for _visitor, _since, found in some:
        if not found.done():
            found.set_exception(error) if isinstance(error, Exception) else found.cancel()

"""`GET /chat/<key>/live`: what the visitor's window shows, as server-sent events read with a header.

What was said is told with an id, the moment at which it became visible. Whoever comes back names the last one,
and hears everything since, from the database. Twice is harmless: the window knows each line by its own id.
"""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from heard.chat.history import before, name_shown, shown
from heard.chat.http import Asked, Send, allowed
from heard.chat.news import News
from heard.chat.rows import AWAY, PAGE, Found, Rows, VisitorRow, WidgetRow
from heard.chat.watch import ONLINE_SECONDS, Listener, Watch

# A comment now and then, so that proxies and browsers know that we are there.
BREATH_SECONDS = 15.0
RETRY_MS = (1_000, 5_000)
# Of the lines told in this stream that are remembered, so that the overlap is not told again and again.
REMEMBERED = 2_000
LONGEST_GOODBYE_SECONDS = 5.0


class Telling:
    """One stream: what it has told, and what is new."""

    def __init__(self, visitor: VisitorRow, widget: WidgetRow, news: News, *, last: datetime | None) -> None:
        self.visitor, self.widget, self._news = visitor, widget, news
        self._stamp = last
        self._told: dict[int, None] = {}
        self._standing: dict[str, Any] | None = None

    async def news(self) -> str:
        """All events that are due. Raises one of rows.AWAY."""
        found = await self._news.of(self.visitor, self._stamp)
        lines = found.lines
        first = ""
        if self._stamp is None:
            first = _event("before", {"more": before(lines)})
            lines, self._stamp = lines[-PAGE:], datetime.now(UTC)
        events = [self._line(line) for line in lines if line["id"] not in self._told]
        for line in lines:
            self._told[line["id"]] = None
            self._stamp = max(self._stamp, line["stamp"])
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        return first + "".join(events) + self._state(found)

    def _line(self, line: dict[str, Any]) -> str:
        return _event("line", shown(line, self.widget), id=line["stamp"].isoformat())

    def _state(self, found: Found) -> str:
        hours = self.widget.hours_at(datetime.now(UTC))
        standing = {
            "answering": name_shown(found.answering, self.widget) if found.answering else "",
            "seen": found.seen_at.isoformat() if found.seen_at else None,
            "open": hours.is_open,
        }
        # Said again while somebody types, or the window takes it for over.
        if standing == self._standing and not standing["answering"]:
            return ""
        self._standing = standing
        return _event("state", standing)


async def tell(
    asked: Asked,
    widget: WidgetRow,
    visitor: VisitorRow,
    rows: Rows,
    news: News,
    watch: Watch,
    send: Send,
) -> None:
    """Raises one of rows.AWAY before anything is sent; afterwards the stream just ends, and is asked for anew."""
    telling = Telling(visitor, widget, news, last=_last(asked))
    with watch.listening(visitor) as listener:
        first = await telling.news()
        headers = [
            (name.encode(), value.encode()) for name, value in (HEADERS | allowed(asked.origin)).items()
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _write(send, f"retry: {random.randint(*RETRY_MS)}\n{_event('hello', {})}{first}")
        try:
            await _come(visitor, rows)
            await _go_on(telling, listener, asked, send)
        finally:
            watch.forget(listener)
            # Whoever only loses us for a restart is back at once, and need not be seen to leave.
            if not listener.closed and not watch.is_open_for(visitor):
                await _leave(visitor, rows)


async def _come(visitor: VisitorRow, rows: Rows) -> None:
    with suppress(*AWAY):
        await rows.online([visitor.id], seconds=ONLINE_SECONDS)
        await rows.tell_agents([visitor])


async def _leave(visitor: VisitorRow, rows: Rows) -> None:
    with suppress(*AWAY, TimeoutError):
        async with asyncio.timeout(LONGEST_GOODBYE_SECONDS):
            await rows.offline(visitor)


async def _go_on(telling: Telling, listener: Listener, asked: Asked, send: Send) -> None:
    gone = asyncio.create_task(_until_gone(asked))
    try:
        while not gone.done():
            woken = await _next(listener, gone)
            if listener.closed:
                await _write(send, _event("bye", {}) if listener.revoked else "", more=False)
                return
            try:
                news = await telling.news()
            except AWAY:
                await _write(send, "", more=False)
                return
            if news or not woken:
                await _write(send, news or ": still here\n\n")
    except asyncio.CancelledError:
        # The server stops, and ends open calls before it tells us so.
        with suppress(Exception):
            await _write(send, "", more=False)
        raise
    finally:
        gone.cancel()


async def _next(listener: Listener, gone: asyncio.Task[None]) -> bool:
    """True when there is something to look at; False when it is time for a breath."""
    waiting = asyncio.create_task(listener.woken.wait())
    done, _ = await asyncio.wait({waiting, gone}, timeout=BREATH_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:
        listener.woken.clear()
        return True
    waiting.cancel()
    return False


HEADERS = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}


def _last(asked: Asked) -> datetime | None:
    try:
        last = datetime.fromisoformat(asked.headers.get("last-event-id", ""))
    except ValueError:
        return None
    return last if last.tzinfo else None


def _event(name: str, content: dict[str, Any], *, id: str = "") -> str:
    named = f"id: {id}\n" if id else ""
    return f"{named}event: {name}\ndata: {json.dumps(content)}\n\n"


async def _until_gone(asked: Asked) -> None:
    while (await asked.receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})

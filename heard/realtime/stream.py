"""`GET /live`: tells a page which tickets changed. What the agent may see of them, its own GET decides.

Raw ASGI, because it holds a connection for each open browser.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import psycopg

from heard.realtime.keys import BadKey, opened_key
from heard.realtime.watch import Watch, Watcher

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# A comment now and then, so that proxies and browsers know that we are there.
BREATH_SECONDS = 15.0
BYE = "event: bye\ndata: {}\n\n"
# Spread, so that a restart does not bring every browser back in the same second.
RETRY_MS = (1_000, 5_000)


class Stream:
    def __init__(self, *, database_url: str, session_cookie: str) -> None:
        self.session_cookie = session_cookie
        self.watch = Watch(database_url)

    def open(self) -> None:
        self.watch.open()

    async def close(self) -> None:
        await self.watch.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            watcher = self._watcher(scope)
            allowed = scope["method"] == "GET" and await self.watch.may_watch(watcher)
        except BadKey:
            allowed = False
        except (psycopg.Error, OSError):
            await _refuse(send, 503)
            return
        if not allowed:
            # 204 and not 403: it is the one answer after which a browser does not come again.
            await _refuse(send, 204)
            return
        async with self.watch.watching(watcher):
            await self._tell(watcher, receive, send)

    def _watcher(self, scope: Scope) -> Watcher:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        session = cookie_of(scope, self.session_cookie)
        agent_id, workspace_id = opened_key(query.get("key", [""])[0], session_key=session)
        return Watcher(agent_id, workspace_id, session)

    async def _tell(self, watcher: Watcher, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        retry = random.randint(*RETRY_MS)
        await _write(send, f"retry: {retry}\nevent: hello\ndata: {{}}\n\n")
        gone = asyncio.create_task(_until_gone(receive))
        try:
            while not gone.done():
                change = await _next(watcher, gone)
                if change is None:
                    await _write(send, BYE, more=False)
                    return
                await _write(send, _event(change) if change else ": still here\n\n")
        except asyncio.CancelledError:
            # The server stops, and ends open calls before it tells us so.
            with suppress(Exception):
                await _write(send, BYE, more=False)
            raise
        finally:
            gone.cancel()


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _next(watcher: Watcher, gone: asyncio.Task[None]) -> dict[str, Any] | None:
    """The next change; {} when it is time for a breath; None when the stream is to be closed."""
    waiting = asyncio.create_task(watcher.changes.get())
    done, _ = await asyncio.wait({waiting, gone}, timeout=BREATH_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:
        return waiting.result()
    waiting.cancel()
    return None if gone in done else {}


def _event(change: dict[str, Any]) -> str:
    return f"id: {change.get('id', 0)}\nevent: change\ndata: {json.dumps(change)}\n\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"retry-after", b"5")]})
    await send({"type": "http.response.body", "body": b""})


def cookie_of(scope: Scope, name: str) -> str:
    sent = next((value for key, value in scope["headers"] if key == b"cookie"), b"")
    try:
        cookies = SimpleCookie(sent.decode("latin-1"))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""

"""One port for everything: hooks, streams and chats are served here, the rest is Django in a pool of threads."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

django = get_wsgi_application()

from heard.chat.front import Chat
from heard.env import env
from heard.ingest.hooks import Hooks
from heard.language.detect import keep_models_in
from heard.realtime.stream import Stream
from heard.web.arrival import ARRIVED
from heard.web.warm_up import read_ahead, warm_up

if TYPE_CHECKING:
    from heard.web.tickets.live_lists import LiveLists

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LISTS = "/tickets/fresh"


class Front:
    """`pages` off leaves the edge: only hooks and streams, for installations that run the halves apart."""

    def __init__(self, *, pages: bool = True) -> None:
        found = env()
        keep_models_in(found.data / "models")
        self.hooks = Hooks(
            database_url=found.database_url, body_limit=found.hook_body_limit, room=found.hook_queue
        )
        self.chat = Chat(database_url=found.database_url, store=self.hooks.store, proxies=found.proxy_count)
        self.stream = Stream(database_url=found.database_url, session_cookie=settings.SESSION_COOKIE_NAME)
        self.pages = WSGIMiddleware(cast("Any", django), workers=found.web_threads) if pages else None
        self.lists: LiveLists | None = None  # Django answers until all is warm

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            raise RuntimeError(f"no {scope['type']} here")
        elif scope["path"].startswith("/hooks/"):
            await self.hooks(scope, receive, send)
        elif scope["path"].startswith("/chat/"):
            await self.chat(scope, receive, send)
        elif scope["path"] == "/live":
            await self.stream(scope, receive, send)
        elif self.pages is not None:
            scope[ARRIVED] = time.monotonic()
            if scope["path"] == LISTS and self.lists and await self.lists(scope, send):
                return
            await self.pages(scope, _in_a_coroutine(receive), send)  # type: ignore[arg-type]
        else:
            await _not_here(send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                self.hooks.open()
                self.stream.open()
                await self.chat.open()
                if self.pages is not None:
                    threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.chat.close()
                await self.hooks.close()
                await self.stream.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _warm_up(self) -> None:
        warm_up()
        # Not above: it takes a third of a second, and before it there are no pages that could ask.
        from heard.web.tickets.live_lists import LiveLists

        self.lists = LiveLists()
        # Not beside the above: they would share one processor, and pages come first.
        read_ahead()
        import_module("heard.api.api")


def _in_a_coroutine(receive: Receive) -> Receive:
    """granian's `receive` gives a future; a2wsgi hands it to another thread, which takes only coroutines."""

    async def received() -> MutableMapping[str, Any]:
        return await receive()

    return received


async def _not_here(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


app = Front()
edge = Front(pages=False)

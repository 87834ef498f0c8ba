"""The front door of Heard for tests: real HTTP on a free port of this machine, in a thread."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from heard.asgi import Front
from heard.channels.meta.simulator import signed
from heard.inboxes.models import Inbox
from heard.sandbox.serve import Server
from tests.cast import SECRETS


@dataclass
class Door:
    """`url` is where the front is reached, `front` what runs there."""

    front: Front
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)

    def post(self, inbox: Inbox, body: bytes, *, secret: str = SECRETS["app_secret"], **headers: str) -> int:
        """One signed call to the hook of an inbox; its status."""
        connection = self.connection()
        try:
            connection.request("POST", hook_of(inbox), body, {**signed(body, secret), **headers})
            return connection.getresponse().status
        finally:
            connection.close()


def hook_of(inbox: Inbox) -> str:
    return f"/hooks/{inbox.channel}/{inbox.key}"


@contextmanager
def running_front(
    *, pages: bool = False, body_limit: int = 0, room: int = 0, port: int = 0
) -> Iterator[Door]:
    """`port`: where an earlier one stood, for whoever has to find this one there."""
    front = Front(pages=pages)
    front.hooks.body_limit = body_limit or front.hooks.body_limit
    front.hooks.store.room = room or front.hooks.store.room
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        front, log_config=None, lifespan="on", loop="asyncio", ws="none", timeout_graceful_shutdown=1
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True, name="front")
    thread.start()
    until(lambda: server.started)
    try:
        yield Door(front, port)
    finally:
        server.stop()
        thread.join(10)
        listener.close()


def until(true: Callable[[], object], seconds: float = 20, *, every: float = 0.01) -> None:
    """Wait for something to become true, and ask so often. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"it did not happen within {seconds} seconds")
        time.sleep(every)

"""The whole of Heard on a port of its own, with simulated networks beside it, for journeys in a browser."""

from __future__ import annotations

import fcntl
import functools
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from heard.env import env
from heard.language.detect import detect
from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.serve import Server

START_SECONDS = 20.0

# Playwright keeps an event loop running in the thread of the test, which talks to the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@contextmanager
def told(**settings: str) -> Iterator[None]:
    """An operator's settings, for a while."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    env.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        env.cache_clear()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Style sheets and scripts by their hashed names, in a folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "static"
    with folder.with_suffix(".lock").open("w") as gate, override_settings(STATIC_ROOT=folder):
        fcntl.flock(gate, fcntl.LOCK_EX)  # whoever comes second finds it made
        if not folder.exists():
            call_command("collectstatic", interactive=False, verbosity=0)
    with override_settings(STATIC_ROOT=folder):
        yield folder


@pytest.fixture
def site(transactional_db: None, collected: Path, sandbox: Running) -> Iterator[str]:
    """The address of a Heard that answers pages, hooks and streams."""
    detect("Hello")  # loads its models, as a server has that somebody has worked with for a minute
    free = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with told(HEARD_PUBLIC_URL=address, HEARD_SANDBOX_URL=sandbox.url), _serving(free):
        yield address


@contextmanager
def _serving(bound: socket.socket) -> Iterator[None]:
    # Only now: Django's settings are read when this is imported.
    from heard.asgi import Front

    app: Any = Front(pages=False)
    app.pages = WSGIMiddleware(cast("Any", _pages()), workers=env().web_threads)
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=2)
    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        _wait_for(server)
        yield
    finally:
        server.stop()
        thread.join(10)


@functools.cache
def _pages() -> Any:
    """One Django for all sites of a process, as a server has one: to make it, whitenoise looks at each static file."""
    with override_settings(WHITENOISE_AUTOREFRESH=False):
        return get_wsgi_application()


def _wait_for(server: uvicorn.Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("Heard did not start")
        time.sleep(0.02)

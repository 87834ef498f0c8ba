"""Serve one of our applications with granian, in one worker process."""

from __future__ import annotations

import importlib
import os
import signal
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from heard.commands.lifeline import follow
from heard.garbage import look_rarely

# A stream to a browser never ends by itself. What else is under way has this long to be done.
STOP_WITHIN_SECONDS = 4


def serve(target: str, *, host: str, port: int, interface: Interfaces, threads: int | None = None) -> None:
    """Serve `module:name` until SIGTERM or SIGINT.

    `threads` is how many requests a WSGI application answers at once.
    """
    server = Granian(
        target,
        address=host,
        port=port,
        interface=interface,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
    )
    server.serve(target_loader=partial(_load, os.getpid()))


def _load(parent: int, target: str) -> Any:
    follow(parent, signal.SIGKILL)
    module, name = target.split(":")
    loaded = getattr(importlib.import_module(module), name)
    look_rarely()
    return loaded

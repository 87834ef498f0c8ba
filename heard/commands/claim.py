"""What `heard up` takes for itself before anything starts: the data directory and the ports."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from heard.commands import CannotRun

# What a killed `heard up` left behind needs a moment to go.
FREE_WITHIN_SECONDS = 6.0


@contextmanager
def claimed(data: Path) -> Iterator[None]:
    """Have the data directory for ourselves. The kernel gives it back, however we end.

    Raises CannotRun when another heard has it, or when it cannot be written to.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "heard.lock").open("a+")
    except OSError as error:
        raise CannotRun(
            f"Heard cannot write to {data}: {error.strerror}. Choose another with --data."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip()
            raise CannotRun(
                f"Another heard{f' (process {owner})' if owner else ''} already works with {data}. "
                "Stop it first, or choose another directory with --data."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        os.register_at_fork(after_in_child=lock.close)  # who outlives us must not keep it
        yield


def require_free(host: str, port: int, option: str) -> None:
    """Raise CannotRun unless we can listen here."""
    until = time.monotonic() + FREE_WITHIN_SECONDS
    while (problem := _in_the_way(host, port)) and time.monotonic() < until:
        time.sleep(0.1)
    if problem:
        raise CannotRun(
            f"Heard cannot listen on {host}, port {port}: {problem}. Choose another with {option}."
        )


def _in_the_way(host: str, port: int) -> str:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen(1)
    except OSError as error:
        return "another program uses it" if error.errno == 98 else (error.strerror or str(error)).lower()
    return ""

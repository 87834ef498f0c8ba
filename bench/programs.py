"""Programs that a benchmark starts beside itself, and is sure to stop again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

STARTS_WITHIN_SECONDS = 60.0
STOPS_WITHIN_SECONDS = 10.0


class DidNotStart(Exception):
    pass


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def running(*command: str, port: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program, given as after `python -m`. Yields when it listens on its port.

    Raises DidNotStart.
    """
    program = subprocess.Popen([sys.executable, "-m", *command], stdin=subprocess.DEVNULL)
    try:
        if port is not None:
            _until_it_listens(program, port, command[0])
        yield program
    finally:
        stop(program)


def stop(program: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    program.terminate()
    try:
        program.wait(STOPS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _until_it_listens(program: subprocess.Popen[bytes], port: int, name: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        if program.poll() is not None:
            raise DidNotStart(f"{name} ended with {program.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise DidNotStart(f"{name} does not listen on port {port}")


def until_ready(port: int) -> None:
    """Until web and worker say that all is there which the work takes. Raises DidNotStart."""
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=STARTS_WITHIN_SECONDS):
                return
        except OSError:
            time.sleep(0.05)
    raise DidNotStart("not ready in time")


def clean_up_when_told_to_stop() -> None:
    """SIGTERM becomes an exception, so that every `finally` runs: nothing may be left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def python_path() -> str:
    """The checkout that this benchmark belongs to comes before an installed Heard."""
    return os.pathsep.join([os.getcwd(), *filter(None, [os.environ.get("PYTHONPATH", "")])])

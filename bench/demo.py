"""`heard up --demo` as a newcomer starts it, beside a benchmark."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.house import House
from bench.programs import DidNotStart, free_port, stop
from heard.demo.seed import Sandbox

READY = "Heard is ready:"

__all__ = ["Running", "Sandbox", "running_demo"]


@dataclass(frozen=True)
class Running:
    pid: int
    sandbox: Sandbox
    seconds_to_ready: float


@contextmanager
def running_demo(house: House) -> Iterator[Running]:
    """On the house's PostgreSQL, with a data directory of its own: the server is not theirs to stop.

    Raises DidNotStart.
    """
    port, sandbox_port = free_port(), free_port()
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    began = time.perf_counter()
    program = subprocess.Popen(
        [
            sys.executable, "-m", "heard", "up", "--demo", "--data", str(house.data / "demo"),
            "--port", str(port), "--sandbox-port", str(sandbox_port),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "HEARD_SANDBOX_URL": sandbox},
        text=True,
    )  # fmt: skip
    try:
        _until_ready(program)
        seconds = time.perf_counter() - began
        # Whatever it says later must not fill the pipe.
        threading.Thread(target=program.communicate, daemon=True).start()
        yield Running(program.pid, Sandbox(sandbox), seconds)
    finally:
        stop(program)


def _until_ready(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    for line in program.stdout:
        if line.startswith(READY):
            return
    raise DidNotStart(f"heard up ended with {program.wait()}")

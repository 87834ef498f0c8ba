"""The processes under `heard up`: started together, started again when one dies, stopped together."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from heard.commands.begin import begin

CALM_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0


@dataclass
class Child:
    """One command of ours and how it fares. Times are of the monotonic clock."""

    name: str
    arguments: list[str]
    process: BaseProcess = field(init=False)
    started_at: float = field(init=False)
    deaths: int = 0
    again_at: float | None = None

    def start(self) -> None:
        # Not in a session of its own: one process group, so that ^C and a closed terminal reach everybody.
        self.process = begin(self.name, *self.arguments, "--parent", str(os.getpid()))
        self.started_at = time.monotonic()
        self.again_at = None


class Family:
    """Children by name, in the order they were started."""

    def __init__(self) -> None:
        self._children: list[Child] = []

    def start(self, name: str, *arguments: str) -> None:
        child = Child(name, list(arguments))
        child.start()
        self._children.append(child)

    def look_after(self) -> None:
        """Start again whoever died, each time after a longer pause. To be called every now and then."""
        now = time.monotonic()
        for child in self._children:
            if child.again_at is not None and now >= child.again_at:
                child.start()
            elif child.again_at is None and child.process.exitcode is not None:
                self._mourn(child, now)

    def hopeless(self) -> list[str]:
        """Name those that died three times in a row, each within a minute of its start."""
        return [child.name for child in self._children if child.deaths >= 3]

    def stop(self, seconds: float) -> None:
        """Ask all to stop, and end those that are still there after so many seconds."""
        living = [child.process for child in self._children if child.process.exitcode is None]
        for process in living:
            process.terminate()
        until = time.monotonic() + seconds
        for process in living:
            process.join(max(0.0, until - time.monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()

    def _mourn(self, child: Child, now: float) -> None:
        if now - child.started_at > CALM_SECONDS:
            child.deaths = 0
        child.deaths += 1
        pause = min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** (child.deaths - 1))
        child.again_at = now + pause
        print(
            f"{child.name} stopped unexpectedly ({_how(child.process.exitcode or 0)}). "
            f"It starts again in {pause:g} s.",
            file=sys.stderr,
            flush=True,
        )


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"

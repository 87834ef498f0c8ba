"""A command of ours in a process of its own, which begins with everything loaded that this one has.

To load Django and the apps takes two seconds of a core and 80 MB. `heard up` pays that once and forks; what its
children do not change, they share (decision 0070). Where a fork is not safe, as on macOS, they load it themselves.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from heard.commands.django_ready import make_ready
from heard.garbage import set_aside

_LINUX: Final = sys.platform.startswith("linux")
_TOLD_US: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_NAME: Final = 15
_run: list[Callable[[Sequence[str]], None]] = []
_context = multiprocessing.get_context("fork") if _LINUX else multiprocessing.get_context("spawn")


def runs(main: Callable[[Sequence[str]], None]) -> None:
    """Say what a new process runs its command with: the command line, which stands above all commands."""
    _run[:] = [main]


def load() -> None:
    """What all of them need. Before the first of them begins, and without a connection or a thread left over."""
    if _LINUX:
        gc.disable()  # nothing of what is loaded becomes garbage, and to look for it takes a tenth of the time
        make_ready()
        import_module("jinja2")  # for the pages of the sandbox and our own
        set_aside()
        gc.enable()


def begin(name: str, *arguments: str, printed: Connection | None = None) -> BaseProcess:
    """Run `heard name arguments` in a process. What it prints goes into `printed`, when there is one."""
    if _LINUX and threading.active_count() > 1:
        raise RuntimeError("A fork would take the locks of the other threads along, and nobody to open them.")
    process = _context.Process(target=_live, args=(*_run, name, arguments, printed), name=f"heard {name}")
    # Who is told to stop before it has handlers of its own shall not use ours.
    signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD_US)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD_US)
    return process


def _live(
    main: Callable[[Sequence[str]], None], name: str, arguments: tuple[str, ...], printed: Connection | None
) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD_US)
    if _LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_NAME, f"heard {name}".encode())  # for ps, top and pgrep
    if printed is not None:
        os.dup2(printed.fileno(), sys.stdout.fileno())
    main([name, *arguments])

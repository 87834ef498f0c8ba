"""A process that somebody else watches over must not outlive them."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Take the number of the process that started this one. `heard up` passes it; people need not."""
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def follow(parent: int | None, how: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel send `how` to this process when its parent is gone. Does nothing outside Linux."""
    if parent is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # It went while we started, and the kernel will not tell us any more.
        sys.exit(1)

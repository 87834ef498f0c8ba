"""How much of a core a process and its children used: on a busy machine it says more than the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

AT_REST = 0.05  # of a core
AT_REST_WITHIN_SECONDS = 60.0

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# Fields of /proc/<pid>/stat behind the name, which may hold anything.
_PARENT, _USER, _SYSTEM, _REAPED_USER, _REAPED_SYSTEM, _RESIDENT = 1, 11, 12, 13, 14, 21


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(pid: int) -> list[int]:
    """The process and everybody below it."""
    parents = dict(_parents())
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def _parents() -> Iterable[tuple[int, int]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield int(folder.name), int(_stat(int(folder.name))[_PARENT])
            except (OSError, IndexError):
                continue  # it ended meanwhile


def seconds(pid: int) -> float:
    """Of a core, by the process, those below it, and those it has buried."""
    ticks = 0
    for member in family(pid):
        try:
            found = _stat(member)
        except OSError:
            continue
        ticks += int(found[_USER]) + int(found[_SYSTEM])
        ticks += int(found[_REAPED_USER]) + int(found[_REAPED_SYSTEM])
    return ticks / _TICKS


def until_at_rest(pid: int) -> None:
    """A server that has just started warms up behind its first answers."""
    spent, until = seconds(pid), time.monotonic() + AT_REST_WITHIN_SECONDS
    while time.monotonic() < until:
        time.sleep(1)
        before, spent = spent, seconds(pid)
        if spent - before < AT_REST:
            return


def resident(pid: int) -> int:
    """Bytes in memory, what is shared with others counted in full."""
    return int(_stat(pid)[_RESIDENT]) * _PAGE


def proportional(pid: int) -> int:
    """Bytes in memory, what is shared divided among those that share it."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return resident(pid)


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()


def name(pid: int) -> str:
    """What it calls itself; a fork has the command of the one that it came from."""
    return Path(f"/proc/{pid}/comm").read_text().strip()


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])

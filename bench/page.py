"""docs/performance.md: every number on it was put there by the benchmark itself."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from bench.tables import Table

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
GIGABYTE = 1024**3


class NoPlace(Exception):
    """The page has no place for this benchmark."""


def write(name: str, table: Table, *, command: str) -> None:
    """Put a table into its place on the page, between `<!-- name -->` and `<!-- end -->`. Raises NoPlace."""
    place = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    before = PAGE.read_text(encoding="utf-8")
    if not place.search(before):
        raise NoPlace(f"{PAGE} has no <!-- {name} -->")
    made = f"{table.markdown()}\n\n{_made(command)}\n"
    PAGE.write_text(place.sub(lambda found: found[1] + made + found[2], before), encoding="utf-8")


def _made(command: str) -> str:
    return f"`{command}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}."


def machine() -> str:
    """What it ran on, and how busy that was with other things."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({_chip()}), {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load average at the end {busy:.1f}"
    )


def _chip() -> str:
    try:
        known = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    found = re.search(r"^model name\s*: (.+)$", known, re.MULTILINE)
    return found[1].strip() if found else platform.machine()

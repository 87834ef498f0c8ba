"""How much memory the processes of `heard up --demo` take when they have nothing to do."""

from __future__ import annotations

import time

from bench import cores, demo
from bench.house import House
from bench.tables import Table

QUIET_SECONDS = 20.0
MEGABYTE = 1024 * 1024


def measure(house: House) -> Table:
    table = Table("Memory: heard up --demo, idle")
    with demo.running_demo(house) as running:
        time.sleep(QUIET_SECONDS)
        processes = cores.family(running.pid)
        total = sum(cores.proportional(pid) for pid in processes)
        for pid in processes:
            own, resident = cores.proportional(pid) / MEGABYTE, cores.resident(pid) / MEGABYTE
            table.add(_name(pid), f"{own:.0f} MB, {resident:.0f} MB resident")
        used = cores.seconds(running.pid)  # with all below it
        time.sleep(QUIET_SECONDS)
        busy = cores.seconds(running.pid) - used
    table.at_most("all together, without PostgreSQL", total / MEGABYTE, 350, "MB")
    table.add("of a core, while nothing happens", f"{busy / QUIET_SECONDS:.1%}")
    table.notes.append(
        "What processes share is divided among them (PSS), so the numbers add up; resident counts it in each."
    )
    return table


def _name(pid: int) -> str:
    """What it calls itself, the command behind `heard`, or what else it runs."""
    if (called := cores.name(pid)).startswith("heard "):
        return called
    words = cores.command(pid).split()
    if "heard" in words:
        place = words.index("heard")
        return " ".join(words[place : place + 2])
    return " ".join(words[-2:])[:60]

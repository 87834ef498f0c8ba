"""How quickly each adapter reads what its network sends: payloads a second on one core."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.house import House
from bench.tables import Table, ms, percentile, shown
from heard.channels import registry
from heard.channels.contract import Channel, Hook
from heard.channels.registry import CHANNELS

SECONDS = 2.0
HOME = Path(registry.__file__).parent


def measure(_house: House) -> Table:
    """Without a database: bytes in, facts out."""
    table = Table("Parsing: bytes → facts")
    for channel in CHANNELS.values():
        hooks = _hooks(channel)
        rate, facts, slowest = _parsed(channel, hooks)
        table.add(
            channel.name,
            f"{shown(rate, 'payloads/s')}, {shown(facts, 'facts/s')}, slowest kind {shown(ms(slowest), 'ms')}",
        )
        table.notes.append(
            f"{channel.name}: {len(hooks)} fixtures of {sum(len(hook.body) for hook in hooks) // len(hooks):,} "
            "bytes on average."
        )
    table.notes.append(
        f"Each channel's own fixtures, one after the other, again and again for {SECONDS:g} s of one core's time."
    )
    return table


def _hooks(channel: Channel[Any]) -> list[Hook]:
    fixtures = sorted((HOME / channel.slug / "fixtures").glob("*.json"))
    return [Hook("POST", {}, {}, path.read_bytes()) for path in fixtures]


def _parsed(channel: Channel[Any], hooks: list[Hook]) -> tuple[float, float, float]:
    """Payloads and facts a second, and the seconds that the slowest kind takes (the middle of its tries)."""
    tries: list[list[float]] = [[] for _ in hooks]
    facts, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        for hook, times in zip(hooks, tries, strict=True):
            started = time.process_time()
            facts += len(channel.parse(hook))
            times.append(time.process_time() - started)
    spent = time.process_time() - began
    count = sum(map(len, tries))
    return count / spent, facts / spent, max(percentile(times, 0.5) for times in tries)

"""How things stand between the network and Heard, in plain words for the head of each page."""

from __future__ import annotations

from dataclasses import dataclass

from heard.sandbox.delivery.engine import Engine
from heard.sandbox.delivery.faults import Faults


@dataclass(frozen=True, slots=True)
class News:
    """`kind` is fine, unconnected or waiting. `why` is unreachable, silent or refused."""

    kind: str
    waiting: int = 0
    why: str = ""
    status: str = ""
    faulty: bool = False


def news(engine: Engine, slug: str, *, heard: bool) -> News:
    """`heard`: is there somebody who is told of what happens?"""
    faulty = _faulty(engine.faults[slug])
    counts, waiting = engine.counts[slug], engine.pending(slug)
    if not heard:
        return News("unconnected", faulty=faulty)
    if counts.problem and waiting:
        status = counts.problem.removeprefix("status ") if counts.problem.startswith("status ") else ""
        why = "refused" if status else "silent" if counts.problem == "no answer" else "unreachable"
        return News("waiting", waiting, why, status, faulty)
    return News("fine", faulty=faulty)


def _faulty(faults: Faults) -> bool:
    on_the_way = faults.drop or faults.duplicate or faults.reorder or faults.delay_ms or faults.batch > 1
    return bool(on_the_way) or (faults.answer is not None and faults.times != 0)

"""How things stand between the network and Heard, in plain words for the head of each page."""

from __future__ import annotations

from dataclasses import dataclass

from heard.sandbox.delivery.faults import Faults
from heard.sandbox.meta.hooks import heard_by
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Page


@dataclass(frozen=True, slots=True)
class News:
    """`kind` is fine, unconnected or waiting. `why` is unreachable, silent or refused."""

    kind: str
    waiting: int = 0
    why: str = ""
    status: str = ""
    faulty: bool = False


def news(network: Network, slug: str, page: Page) -> News:
    engine = network.engine
    faults = engine.faults[slug]
    faulty = _faulty(faults)
    counts, waiting = engine.counts[slug], engine.pending(slug)
    if heard_by(network, slug, page) is None:
        return News("unconnected", faulty=faulty)
    if counts.problem and waiting:
        status = counts.problem.removeprefix("status ") if counts.problem.startswith("status ") else ""
        why = "refused" if status else "silent" if counts.problem == "no answer" else "unreachable"
        return News("waiting", waiting, why, status, faulty)
    return News("fine", faulty=faulty)


def _faulty(faults: Faults) -> bool:
    on_the_way = faults.drop or faults.duplicate or faults.reorder or faults.delay_ms or faults.batch > 1
    return bool(on_the_way) or (faults.answer is not None and faults.times != 0)

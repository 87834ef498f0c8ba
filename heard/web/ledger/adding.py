"""The sum of all inboxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heard.ingest.ledger import Counts

NAMES = (
    "received",
    "answered",
    "thanked",
    "dismissed",
    "open",
    "ignored",
    "quarantined",
    "updates",
    "echoes",
    "parked",
    "duplicates",
)


@dataclass(frozen=True)
class Total:
    received: int
    answered: int
    thanked: int
    dismissed: int
    open: int
    ignored: int
    quarantined: int
    updates: int
    echoes: int
    parked: int
    duplicates: int


def added_up(counts: Sequence[Counts]) -> Total:
    return Total(**{name: sum(getattr(one, name) for one in counts) for name in NAMES})

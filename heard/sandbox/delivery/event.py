"""One event on its way to one app."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(slots=True, eq=False)
class Event:
    """`section` and `body` are one element of the call: changes, messaging or standby."""

    id: int
    network: str
    app: str
    page: str
    section: str
    body: dict[str, Any]
    lane: str  # events of one lane leave in their order
    at: float  # when it happened, on the twin's clock
    attempts: int = 0
    again: bool = False  # the second copy of one that was delivered
    due: float = 0.0  # monotonic
    settled: asyncio.Event | None = None  # set when delivered or given up, if somebody waits

    def row(self) -> dict[str, Any]:
        names = ("id", "network", "app", "page", "section", "body", "lane", "at", "attempts", "again")
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True, eq=False)
class Lane:
    """Events that must not overtake each other: those of one conversation, for one app."""

    app: str
    network: str
    name: str
    events: deque[Event] = field(default_factory=deque)
    state: Literal["waiting", "ready", "busy"] = "waiting"
    not_before: float = 0.0  # monotonic
    failures: int = 0


@dataclass(frozen=True, slots=True)
class HookCall:
    """A signed POST, ready to go."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Counts:
    """`failed` counts the attempts that were not answered with 200."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0
    given_up: int = 0
    unheard: int = 0  # things that happened while no app had a hook for them
    problem: str = ""  # why the newest attempt failed; empty again after a success

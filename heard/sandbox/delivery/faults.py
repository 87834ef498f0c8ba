"""What goes wrong on purpose, on the way to Heard and in the answers to its calls."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, fields
from typing import Any

ANSWERS = (429, 500, "timeout", "reset_after_accept", "token_expired", "window", "blocked", "permission")


class BadFault(Exception):
    """The wish cannot be understood. The message says why, in a sentence."""


@dataclass(slots=True)
class Faults:
    """`times` counts the calls that still meet the fault; -1 means until it is cleared."""

    drop: float = 0.0  # share of hooks that never leave
    duplicate: float = 0.0  # share that comes twice
    reorder: bool = False
    delay_ms: int = 0
    batch: int = 1  # events in one call, at most
    echo_first: bool = False  # the echo of a send comes before the send is answered
    no_author: bool = False  # `from` is missing in public events
    flat: bool = False  # changes are written into the entry itself, as Meta's newer documents show them
    answer: int | str | None = None
    times: int = -1
    only: str = ""  # part of the path that the fault is limited to
    retry_after: int = 2  # seconds, in the answer 429
    usage: int = 60  # percent of the quota that the answer 429 speaks of
    hold_s: float = 25.0  # how long "timeout" keeps the caller waiting
    seed: int | None = None
    rng: random.Random = field(default_factory=random.Random)

    def hits(self, chance: float) -> bool:
        return chance > 0 and self.rng.random() < chance

    def use_up(self) -> None:
        if self.times > 0:
            self.times -= 1


def due(faults: Faults, path: str, *, changes: bool) -> int | str | None:
    """The fault that a call of the API meets. `changes`: does it do something that others can see?

    Without `only`, faults meet what changes something; a dead token meets everything.
    """
    if faults.answer is None or faults.times == 0:
        return None
    if faults.only:
        return faults.answer if faults.only in path else None
    return faults.answer if changes or faults.answer == "token_expired" else None


def read(wish: Any) -> Faults:
    """Faults as the control API takes them. Raises BadFault."""
    if not isinstance(wish, dict):
        raise BadFault("The faults are a JSON object; {} clears them.")
    known = {one.name: one.type for one in fields(Faults) if one.name != "rng"}
    for name, value in wish.items():
        if name not in known:
            raise BadFault(f"There is no fault {name!r}. Known are: {', '.join(known)}.")
        _check(name, value)
    faults = Faults(**wish)
    faults.rng.seed(faults.seed)
    return faults


def _check(name: str, value: Any) -> None:
    default = getattr(Faults(), name)
    if name == "answer":
        right = value is None or value in ANSWERS
    elif name == "seed":
        right = value is None or isinstance(value, int)
    elif isinstance(default, bool):
        right = isinstance(value, bool)
    elif isinstance(default, str):
        right = isinstance(value, str)
    else:
        right = isinstance(value, (int, float)) and not isinstance(value, bool)
    if name in {"drop", "duplicate"}:
        right = right and 0 <= value <= 1
    if name == "batch":
        right = right and isinstance(value, int) and 1 <= value <= 1000
    if not right:
        raise BadFault(f"{value!r} cannot be the value of {name!r}.")


def describe(faults: Faults) -> dict[str, Any]:
    return {one.name: getattr(faults, one.name) for one in fields(Faults) if one.name != "rng"}

"""What can happen to facts."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class FactEvent(Event):
    fact_id: int
    key: str


@dataclass(frozen=True, kw_only=True)
class FactWritten(FactEvent):
    """A new one, or what is written about it changed. `says_otherwise`: its values did."""

    says_otherwise: bool


class FactChecked(FactEvent):
    """Somebody looked, and it is still right."""


class FactRemoved(FactEvent): ...

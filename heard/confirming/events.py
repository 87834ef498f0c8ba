"""What can happen to the confirmations. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class ConfirmingChanged(Event):
    """`inboxes` are those that confirm from now on."""

    inboxes: list[int]
    goal_minutes: int | None


@dataclass(frozen=True, kw_only=True)
class ConfirmingTextChanged(Event):
    language: str

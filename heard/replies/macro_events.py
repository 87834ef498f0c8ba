"""What can happen to macros. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heard.events.publishing import Event
from heard.replies.models import Macro
from heard.tickets.events import TicketEvent
from heard.workspaces.models import Agent


@dataclass(frozen=True, kw_only=True)
class MacroEvent(Event):
    macro_id: int
    macro: str


class MacroMade(MacroEvent): ...


class MacroChanged(MacroEvent): ...


class MacroRemoved(MacroEvent): ...


@dataclass(frozen=True, kw_only=True)
class MacroRun(TicketEvent):
    """One line for all that it did; each deed has an event of its own beside it."""

    macro_id: int
    macro: str
    message_id: int | None
    done: list[str]  # replied, assigned, tagged, snoozed, resolved
    undone: list[str] = field(
        default_factory=list
    )  # what was not possible any more when a reply that waited left


def about_macro(macro: Macro, *, by: Agent, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": macro.workspace_id,
        "at": now,
        "by_id": by.pk,
        "macro_id": macro.pk,
        "macro": macro.name,
    }

"""What interfaces call when somebody presses send: at once, later, or for a colleague to look over first."""

from __future__ import annotations

from datetime import datetime

from heard.tickets.models import Message, PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.review import ask_review
from heard.tickets.pending.schedule import schedule
from heard.workspaces.models import Agent


def send(
    ticket: Ticket,
    composed: Composed,
    *,
    by: Agent,
    now: datetime,
    at: datetime | None = None,
    review: bool = False,
    reviewer: Agent | None = None,
    question: str = "",
) -> Message | PendingReply:
    """A message where it left, else what waits. Raises what `reply`, `schedule` and `ask_review` raise."""
    if review or not by.sends:
        return ask_review(ticket, composed, by=by, now=now, at=at, reviewer=reviewer, question=question)
    if at is not None:
        return schedule(ticket, composed, at=at, by=by, now=now)
    return composed.send(ticket, by=by, now=now)

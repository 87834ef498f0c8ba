"""The matter is done, and how."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketResolved
from heard.tickets.locked import locked
from heard.tickets.models import Outcome, Resolution, State, Ticket
from heard.tickets.settle import close_waiting
from heard.workspaces.models import Agent


class NoteNeeded(Exception):
    """Every resolution but "solved" takes a sentence that says why."""


class StillWaiting(Exception):
    """Solved, yet somebody waits for an answer: answer them, or say why they need none."""


@transaction.atomic
def resolve(
    ticket: Ticket,
    *,
    by: Agent | None,
    now: datetime,
    resolution: Resolution = Resolution.SOLVED,
    note: str = "",
) -> None:
    """Raises NoteNeeded, or StillWaiting when a message would end without an outcome.

    The resolutions that need no answer dismiss what waits, with their note as the reason. Without `by` it was
    the customer who said so.
    """
    note = note.strip()
    if resolution != Resolution.SOLVED and not note:
        raise NoteNeeded
    ticket = locked(ticket)
    if ticket.state == State.RESOLVED and ticket.resolution == resolution:
        return
    _end_waiting(ticket, resolution, note, by=by, now=now)
    ticket.state, ticket.resolution, ticket.resolution_note = State.RESOLVED, resolution, note
    ticket.resolved_at, ticket.waiting_since, ticket.snoozed_until = now, None, None
    ticket.save(
        update_fields=[
            "state",
            "resolution",
            "resolution_note",
            "resolved_at",
            "waiting_since",
            "snoozed_until",
        ]
    )
    publish(TicketResolved(**about(ticket, now=now, by=by), resolution=resolution, note=note))


def _end_waiting(
    ticket: Ticket, resolution: Resolution, note: str, *, by: Agent | None, now: datetime
) -> None:
    waiting = ticket.messages.filter(outcome=Outcome.OPEN)
    if not waiting.exists():
        return
    if resolution == Resolution.SOLVED and not note:
        raise StillWaiting
    outcome = Outcome.ANSWERED if resolution == Resolution.SOLVED else Outcome.DISMISSED
    close_waiting(waiting, outcome, by=by, now=now, reason=note)

"""Look after it again on a day: a task among us. Nobody is told, and state and waiting stay as they are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import FollowUpDue, FollowUpEnded, FollowUpPlanned
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent

LONGEST_NOTE = 300
DUE_AT_ONCE = 200


class InThePast(Exception):
    """A follow-up is for a time to come."""


@transaction.atomic
def follow_up_on(ticket: Ticket, *, at: datetime, by: Agent, now: datetime, note: str = "") -> None:
    """Raises InThePast. A ticket has one: planned again, it is for the new time."""
    if at <= now:
        raise InThePast
    ticket = locked(ticket)
    note = note.strip()[:LONGEST_NOTE]
    ticket.follow_up_at, ticket.follow_up_note, ticket.follow_up_due = at, note, False
    ticket.save(update_fields=["follow_up_at", "follow_up_note", "follow_up_due"])
    publish(FollowUpPlanned(**about(ticket, now=now, by=by), due_at=at.isoformat(), note=note))


@transaction.atomic
def end_follow_up(ticket: Ticket, *, by: Agent, now: datetime) -> None:
    """Done, or not needed any more."""
    ticket = locked(ticket)
    if ticket.follow_up_at is None:
        return
    ticket.follow_up_at, ticket.follow_up_note, ticket.follow_up_due = None, "", False
    ticket.save(update_fields=["follow_up_at", "follow_up_note", "follow_up_due"])
    publish(FollowUpEnded(**about(ticket, now=now, by=by)))


@transaction.atomic
def show_due(*, now: datetime) -> int:
    """Those whose time has come, each told once. Gives how many."""
    due = Ticket.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(
        follow_up_at__lte=now, follow_up_due=False
    )
    tickets = list(due.order_by("follow_up_at")[:DUE_AT_ONCE])
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(follow_up_due=True)
    publish(*(FollowUpDue(**about(ticket, now=now), note=ticket.follow_up_note) for ticket in tickets))
    return len(tickets)

"""Out of sight until a time. Any new message ends it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketSnoozed, TicketWoke
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent

WAKE_AT_ONCE = 200


class CannotSnooze(Exception):
    """Only a ticket that waits for us can be put off, and only to a time to come."""


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime, by: Agent, now: datetime) -> None:
    """Raises CannotSnooze."""
    ticket = locked(ticket)
    if not ticket.is_open or until <= now:
        raise CannotSnooze
    ticket.snoozed_until = until
    ticket.save(update_fields=["snoozed_until"])
    publish(TicketSnoozed(**about(ticket, now=now, by=by), until=until.isoformat()))


@transaction.atomic
def wake(ticket: Ticket, *, by: Agent | None, now: datetime) -> None:
    ticket = locked(ticket)
    if ticket.snoozed_until is None:
        return
    ticket.snoozed_until = None
    ticket.save(update_fields=["snoozed_until"])
    publish(TicketWoke(**about(ticket, now=now, by=by)))


@transaction.atomic
def wake_due(*, now: datetime) -> int:
    """Bring back every ticket whose time has come. Gives how many."""
    due = Ticket.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(
        snoozed_until__lte=now
    )
    tickets = list(due.order_by("snoozed_until")[:WAKE_AT_ONCE])
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(snoozed_until=None)
    publish(*(TicketWoke(**about(ticket, now=now)) for ticket in tickets))
    return len(tickets)

"""How much it presses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketPrioritised
from heard.tickets.locked import locked
from heard.tickets.models import Priority, Ticket
from heard.workspaces.models import Agent


@transaction.atomic
def prioritise(ticket: Ticket, *, priority: Priority, by: Agent | None, now: datetime) -> None:
    ticket = locked(ticket)
    if ticket.priority == priority:
        return
    ticket.priority = priority
    ticket.save(update_fields=["priority"])
    publish(TicketPrioritised(**about(ticket, now=now, by=by), priority=priority.value))

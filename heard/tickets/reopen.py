"""Not done after all: the newest thing the contact said waits again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketReopened
from heard.tickets.locked import locked
from heard.tickets.models import Message, State, Ticket
from heard.tickets.settle import settle, wait_again
from heard.workspaces.models import Agent


class NothingToReopen(Exception):
    """The ticket is open already, or nobody ever wrote in it."""


@transaction.atomic
def reopen(ticket: Ticket, *, by: Agent, now: datetime) -> None:
    """Raises NothingToReopen."""
    ticket = locked(ticket)
    heard = ticket.messages.filter(direction=Message.Direction.IN)
    newest = heard.order_by("-at", "-id").first()
    if ticket.state == State.OPEN or newest is None:
        raise NothingToReopen
    wait_again(heard.filter(pk=newest.pk))
    settle(ticket)
    publish(TicketReopened(**about(ticket, now=now, by=by)))

"""Answered elsewhere: on the phone, in the network's own app, across the counter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import MessageAnswered
from heard.tickets.locked import locked
from heard.tickets.models import Message, Outcome, Ticket
from heard.tickets.settle import close_waiting, settle
from heard.workspaces.models import Agent


class NothingWaits(Exception):
    """No incoming message of this ticket waits for an answer."""


@transaction.atomic
def answered(
    ticket: Ticket, *, by: Agent, now: datetime, message: Message | None = None, reason: str = ""
) -> None:
    """End the waiting of one message, or of all. Raises NothingWaits."""
    ticket = locked(ticket)
    waiting = ticket.messages.filter(pk=message.pk) if message else ticket.messages.all()
    ended = close_waiting(waiting, Outcome.ANSWERED, by=by, now=now, reason=reason)
    if not ended:
        raise NothingWaits
    settle(ticket)
    publish(*(MessageAnswered(**about(ticket, now=now, by=by), message_id=pk, reason=reason) for pk in ended))

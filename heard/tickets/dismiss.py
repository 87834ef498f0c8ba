"""Needs no answer, because …"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.answer import NothingWaits
from heard.tickets.events import MessageDismissed
from heard.tickets.locked import locked
from heard.tickets.models import Message, Outcome, Ticket
from heard.tickets.settle import close_waiting, settle
from heard.workspaces.models import Agent


class ReasonNeeded(Exception):
    """Whoever leaves somebody without an answer says why."""


@transaction.atomic
def dismiss(ticket: Ticket, *, reason: str, by: Agent, now: datetime, message: Message | None = None) -> None:
    """End the waiting of one message, or of all, on purpose. Raises ReasonNeeded or NothingWaits."""
    if not reason.strip():
        raise ReasonNeeded
    ticket = locked(ticket)
    waiting = ticket.messages.filter(pk=message.pk) if message else ticket.messages.all()
    ended = close_waiting(waiting, Outcome.DISMISSED, by=by, now=now, reason=reason.strip())
    if not ended:
        raise NothingWaits
    settle(ticket)
    publish(
        *(MessageDismissed(**about(ticket, now=now, by=by), message_id=pk, reason=reason) for pk in ended)
    )

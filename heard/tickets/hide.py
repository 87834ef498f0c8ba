"""Hide a public message at the network, or show it again. Hiding answers nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels import contract
from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.events import MessageFailed, MessageHidden
from heard.tickets.locked import locked
from heard.tickets.models import Message
from heard.workspaces.models import Agent


class CannotHide(Exception):
    """The network does not let us, or the message is not a customer's."""


@transaction.atomic
def hide_failed(message: Message, *, hidden: bool, problem: str, reason: str, now: datetime) -> None:
    """The network refused: the page must not say that it happened."""
    Message.objects.filter(pk=message.pk).update(hidden_at=None if hidden else now)
    publish(MessageFailed(**about_message(message, now=now), problem=problem, reason=reason))


@transaction.atomic
def hide(message: Message, *, by: Agent, now: datetime, hidden: bool = True) -> None:
    """Raises CannotHide."""
    if not message.is_in or contract.Kind(message.kind) not in message.inbox.abilities.hides:
        raise CannotHide
    message.ticket = locked(message.ticket)
    this = Message.objects.filter(pk=message.pk, hidden_at__isnull=hidden)
    if this.update(hidden_at=now if hidden else None):
        publish(MessageHidden(**about_message(message, now=now, by=by), hidden=hidden))

"""Show a customer's public message to our own followers, or take that back. Reposting answers nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels import contract
from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.events import MessageFailed, MessageReposted
from heard.tickets.locked import locked
from heard.tickets.models import Message
from heard.workspaces.models import Agent


class CannotRepost(Exception):
    """The network does not let us, or the message is not a customer's public one."""


@transaction.atomic
def repost_failed(message: Message, *, reposted: bool, problem: str, reason: str, now: datetime) -> None:
    """The network refused: the page must not say that it happened."""
    Message.objects.filter(pk=message.pk).update(reposted_at=None if reposted else now)
    publish(MessageFailed(**about_message(message, now=now), problem=problem, reason=reason))


@transaction.atomic
def repost(message: Message, *, by: Agent, now: datetime, reposted: bool = True) -> None:
    """Raises CannotRepost."""
    allowed = message.is_in and message.public and message.removed_at is None
    if not allowed or contract.Kind(message.kind) not in message.inbox.abilities.reposts:
        raise CannotRepost
    message.ticket = locked(message.ticket)
    this = Message.objects.filter(pk=message.pk, reposted_at__isnull=reposted)
    if this.update(reposted_at=now if reposted else None):
        publish(MessageReposted(**about_message(message, now=now, by=by), reposted=reposted))

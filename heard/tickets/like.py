"""Like a message: thanks without words. It ends the waiting as `thanked`, never as `answered`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels import contract
from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.events import MessageFailed, MessageLiked
from heard.tickets.locked import locked
from heard.tickets.models import Message, Outcome
from heard.tickets.settle import close_waiting, settle, wait_again
from heard.workspaces.models import Agent


class CannotLike(Exception):
    """The network does not let us, or the message is not a customer's."""


@transaction.atomic
def like_failed(message: Message, *, liked: bool, problem: str, reason: str, now: datetime) -> None:
    """The network refused: the page must not say that it happened, and whom it thanked waits again."""
    message.ticket = locked(message.ticket)
    this = Message.objects.filter(pk=message.pk)
    this.update(liked_at=None if liked else now)
    if liked:
        wait_again(this.filter(outcome=Outcome.THANKED))
    else:
        close_waiting(this, Outcome.THANKED, by=None, now=now)
    settle(message.ticket)
    publish(MessageFailed(**about_message(message, now=now), problem=problem, reason=reason))


@transaction.atomic
def like(message: Message, *, by: Agent, now: datetime, liked: bool = True) -> None:
    """Give a like, or take it back: then the message waits again. Raises CannotLike."""
    if not message.is_in or contract.Kind(message.kind) not in message.inbox.abilities.likes:
        raise CannotLike
    message.ticket = locked(message.ticket)
    this = Message.objects.filter(pk=message.pk)
    if not this.filter(liked_at__isnull=liked).update(liked_at=now if liked else None):
        return
    if liked:
        close_waiting(this, Outcome.THANKED, by=by, now=now)
    else:
        wait_again(this.filter(outcome=Outcome.THANKED))
    settle(message.ticket)
    publish(MessageLiked(**about_message(message, now=now, by=by), liked=liked))

"""What customers and networks do to messages after they were written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from heard.channels import contract
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.about import about_message
from heard.tickets.delivery import mark_delivered, mark_failed, mark_read
from heard.tickets.events import Happened, MessageEdited, MessageHidden, MessageReacted, MessageRemoved
from heard.tickets.models import Message, MessageVersion, Reaction, Thread
from heard.tickets.settle import settle
from heard.tickets.threads import lock_tickets


class NotHereYet(Exception):
    """The fact is about a message that has not come: keep it and try again when it does."""


@transaction.atomic
def edit(inbox: Inbox, fact: contract.MessageEdited, *, now: datetime) -> None:
    """The author changed the text. What it said before is kept."""
    message = _locked(inbox, fact.external_id)
    if message.text == fact.text or (message.edited_at and message.edited_at > fact.at):
        return
    MessageVersion.objects.create(
        workspace_id=message.workspace_id, message=message, text=message.text, until=fact.at
    )
    message.text, message.edited_at = fact.text, fact.at
    message.save(update_fields=["text", "edited_at"])
    settle(message.ticket)
    publish(MessageEdited(**about_message(message, now=now)))


@transaction.atomic
def remove(inbox: Inbox, fact: contract.MessageDeleted, *, now: datetime) -> None:
    """Gone at the network. We keep it, marked: the agent may have to know what was said."""
    message = _locked(inbox, fact.external_id)
    if message.removed_at is None:
        message.removed_at = fact.at
        message.save(update_fields=["removed_at"])
        publish(MessageRemoved(**about_message(message, now=now)))


@transaction.atomic
def note_hidden(inbox: Inbox, fact: contract.MessageHidden, *, now: datetime) -> None:
    message = _locked(inbox, fact.external_id)
    if (message.hidden_at is not None) == fact.hidden:
        return
    message.hidden_at = fact.at if fact.hidden else None
    message.save(update_fields=["hidden_at"])
    publish(MessageHidden(**about_message(message, now=now), hidden=fact.hidden, by_network=True))


@transaction.atomic
def react(inbox: Inbox, fact: contract.Reaction, *, now: datetime) -> None:
    """Somebody's feeling about a message. Ours is our like."""
    message = _locked(inbox, fact.external_id)
    if fact.ours:
        Message.objects.filter(pk=message.pk).update(liked_at=fact.at if fact.added else None)
        return
    address = fact.author.address if fact.author else ""
    if fact.added:
        Reaction.objects.update_or_create(
            message=message,
            address=address,
            defaults={
                "workspace_id": message.workspace_id,
                "name": fact.name[:40],
                "emoji": fact.emoji[:20],
                "at": fact.at,
            },
        )
    else:
        Reaction.objects.filter(message=message, address=address, at__lte=fact.at).delete()
    publish(MessageReacted(**about_message(message, now=now), name=fact.name or fact.emoji, added=fact.added))


@transaction.atomic
def take_receipt(inbox: Inbox, fact: contract.Receipt, *, now: datetime) -> None:
    messages = _meant_by(inbox, fact)
    if fact.external_ids and not messages.exists():
        raise NotHereYet(", ".join(fact.external_ids))
    if fact.status == "delivered":
        mark_delivered(messages, now=fact.at)
    elif fact.status == "read":
        mark_read(messages, now=fact.at)
    else:
        for message in messages:
            mark_failed(message, problem="rejected", reason=fact.reason, now=now)


@transaction.atomic
def happen(inbox: Inbox, fact: contract.Happening, *, now: datetime) -> None:
    thread = Thread.objects.filter(inbox=inbox, key=fact.address).first() if fact.address else None
    publish(
        Happened(
            workspace_id=inbox.workspace_id,
            ticket_id=thread.ticket_id if thread else None,
            at=now,
            name=fact.name,
            inbox_id=inbox.pk,
            address=fact.address,
        )
    )


def _meant_by(inbox: Inbox, fact: contract.Receipt) -> QuerySet[Message]:
    ours = Message.objects.filter(inbox=inbox, direction=Message.Direction.OUT)
    if fact.external_ids:
        return ours.filter(external_id__in=list(fact.external_ids))
    return ours.filter(author__address=fact.address, sent_at__lte=fact.until)


def _locked(inbox: Inbox, external_id: str) -> Message:
    message = Message.objects.filter(inbox=inbox, external_id=external_id).first()
    if message is None:
        raise NotHereYet(external_id)
    message.ticket = lock_tickets([message.ticket_id])[message.ticket_id]
    return message

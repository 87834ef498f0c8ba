"""Our own words come back from the network: recognised, or written in the network's own app."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from heard.channels.contract import MessageIn, Person
from heard.contacts.identify import address_known, identify
from heard.contacts.models import Identity
from heard.events.models import EventRecord
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.about import about_message
from heard.tickets.delivery import mark_sent
from heard.tickets.events import MessageUnconfirmed, OwnMessageSeen
from heard.tickets.files import save_attachments
from heard.tickets.models import Delivery, Message, Outcome, Thread, Ticket
from heard.tickets.not_here import NotHereYet
from heard.tickets.readable import readable
from heard.tickets.settle import answered_by_reply, close_waiting, settle
from heard.tickets.threads import lock_threads, root_keys

# A network without a place for our mark gives our words back within seconds.
SAME_WORDS_WITHIN = timedelta(minutes=10)


@transaction.atomic
def take_echo(inbox: Inbox, fact: MessageIn, *, now: datetime) -> bool:
    """False when we knew it already. Never makes a second message of one that we sent.

    Raises NotHereYet for words in a conversation in which nobody has said anything to us so far.
    """
    if _is_known(inbox, fact):
        return False
    fact = _as_we_call_them(inbox, fact)
    ours = _by_token(inbox, fact)
    if ours is None:
        # The network's answer to our call may be written down at this very moment. With the ticket
        # locked it either is, and we know the message, or it waits until we have recognised it.
        thread = _locked_thread(inbox, fact)
        if _is_known(inbox, fact):
            return False
        ours = _by_words(inbox, fact)
        if ours is None:
            return _written_elsewhere(inbox, fact, thread, now=now)
    recipient = fact.to if ours.private_reply else ""
    mark_sent(ours, external_id=fact.external_id, recipient=recipient, now=now, sent_at=fact.at)
    return True


def _as_we_call_them(inbox: Inbox, fact: MessageIn) -> MessageIn:
    to = address_known(inbox, fact.to)
    return (
        fact if to == fact.to else replace(fact, to=to, thread=to if fact.thread == fact.to else fact.thread)
    )


def _is_known(inbox: Inbox, fact: MessageIn) -> bool:
    known = Message.objects.filter(inbox=inbox, external_id=fact.external_id)
    if not known.exists():
        return False
    # Receipts are counted by the network's clock.
    known.filter(direction=Message.Direction.OUT).update(sent_at=fact.at)
    return True


def _locked_thread(inbox: Inbox, fact: MessageIn) -> Thread:
    key = root_keys(inbox, [fact])[fact.external_id]
    return lock_threads(inbox, {key: fact.kind.value})[key]


def _by_token(inbox: Inbox, fact: MessageIn) -> Message | None:
    try:
        token = uuid.UUID(fact.token)
    except ValueError:
        return None
    return Message.objects.filter(workspace_id=inbox.workspace_id, token=token).first()


def _by_words(inbox: Inbox, fact: MessageIn) -> Message | None:
    """The same text to the same place, on its way just now. Networks trim what they are given."""
    under_way = Message.objects.filter(
        inbox=inbox, external_id="", delivery__in=(Delivery.SENDING, Delivery.UNCONFIRMED)
    )
    if fact.to:
        under_way = under_way.filter(author__address=fact.to)
    else:
        key = root_keys(inbox, [fact])[fact.external_id]
        under_way = under_way.filter(
            Q(parent_external_id__in=(fact.parent, fact.thread)) | Q(thread__key=key)
        )
    words = fact.text.split()
    if not words:  # pictures without words are like each other only where there are pictures
        under_way = under_way.filter(attachments__isnull=not fact.media).distinct()
    alike = (message for message in under_way.order_by("id") if message.text.split() == words)
    return next((message for message in alike if _may_be(message, fact)), None)


def _may_be(message: Message, fact: MessageIn) -> bool:
    """What has been in doubt for long is not meant by words that were written only now."""
    if message.delivery == Delivery.SENDING:
        return True
    doubts = EventRecord.objects.filter(ticket_id=message.ticket_id, kind=MessageUnconfirmed.__name__)
    since = fact.at - SAME_WORDS_WITHIN
    return doubts.filter(payload__message_id=message.pk, at__gte=since).exists()


def _written_elsewhere(inbox: Inbox, fact: MessageIn, thread: Thread, *, now: datetime) -> bool:
    ticket = thread.ticket
    if ticket is None:
        raise NotHereYet(thread.key)  # it may have overtaken what it answers, or we began the conversation
    message = Message.objects.create(
        workspace_id=inbox.workspace_id,
        ticket=ticket,
        thread=thread,
        inbox=inbox,
        direction=Message.Direction.OUT,
        kind=fact.kind.value,
        external_id=fact.external_id,
        author=_recipient(inbox, fact, now=now),
        parent=Message.objects.filter(inbox=inbox, external_id=fact.parent).first() if fact.parent else None,
        parent_external_id=fact.parent,
        text=readable(fact.text),
        public=fact.public,
        at=fact.at,
        received_at=now,
        permalink=fact.permalink[:2000],
        delivery=Delivery.SENT,
        sent_at=fact.at,
    )
    save_attachments([(message, fact)])
    _settle(ticket, message, now=now)
    return True


def _settle(ticket: Ticket, message: Message, *, now: datetime) -> None:
    close_waiting(answered_by_reply(message), Outcome.ANSWERED, by=None, now=now, answer=message)
    settle(ticket)
    ticket.last_message_at = max(message.at, ticket.last_message_at)
    ticket.save(update_fields=["last_message_at"])
    publish(OwnMessageSeen(**about_message(message, now=now)))


def _recipient(inbox: Inbox, fact: MessageIn, *, now: datetime) -> Identity | None:
    if not fact.to:
        return None
    return identify(inbox, {fact.to: Person(address=fact.to)}, now=now)[fact.to]

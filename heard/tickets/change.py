"""What customers and networks do to messages after they were written."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from heard.channels import contract
from heard.contacts.identify import address_known
from heard.events.models import EventRecord
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.language.detect import detect
from heard.many import insert_many, update_many
from heard.tickets.about import about_message
from heard.tickets.delivery import mark_delivered, mark_failed, mark_read, mark_sent
from heard.tickets.events import Happened, MessageEdited, MessageHidden, MessageReacted, MessageRemoved
from heard.tickets.missed_copies import miss_copies
from heard.tickets.models import Delivery, Message, MessageVersion, Reaction, Thread
from heard.tickets.not_here import NotHereYet
from heard.tickets.preview import show_newest
from heard.tickets.readable import readable
from heard.tickets.threads import lock_tickets

EDITED = ("text", "edited_at", "stars", "recommends", "language", "language_certain")


@transaction.atomic(savepoint=False)
def edit(inbox: Inbox, facts: Sequence[contract.MessageEdited], *, now: datetime) -> set[str]:
    """Authors changed their texts, in this order. What they said before is kept.

    Gives the ids of messages that have not come yet. Costs the same whatever their number, as long as no
    edit overtook a later one.
    """
    known = _locked_many(inbox, {fact.external_id for fact in facts})
    changed: list[Message] = []
    versions: list[MessageVersion] = []
    for fact in facts:
        message = known.get(fact.external_id)
        if message is None:
            continue
        if message.edited_at and fact.at < message.edited_at:
            _save_edits(changed, versions)
            _insert_version(message, readable(fact.text), at=fact.at)
        else:
            # Also where it says the same: an edit from before may come after this one.
            versions.append(_version(message, message.text, until=fact.at))
            _say_anew(message, fact)
            changed.append(message)
    _save_edits(changed, versions)
    show_newest({message.ticket for message in known.values()})
    publish(
        *(
            MessageEdited(**about_message(known[fact.external_id], now=now))
            for fact in facts
            if fact.external_id in known
        )
    )
    return {fact.external_id for fact in facts} - set(known)


def _save_edits(changed: list[Message], versions: list[MessageVersion]) -> None:
    update_many(list({message.pk: message for message in changed}.values()), EDITED)
    insert_many(versions, keys=False)
    changed.clear()
    versions.clear()


def says_so_already(inbox: Inbox, fact: contract.MessageEdited) -> bool:
    """For what was read back: the network may have told us of the edit in the meantime."""
    message = Message.objects.filter(inbox=inbox, external_id=fact.external_id).first()
    return message is not None and same_words(message, fact)


def same_words(message: Message, fact: contract.MessageIn | contract.MessageEdited) -> bool:
    """Does it say what we have? Networks trim texts, and not every list repeats the stars."""
    told = (
        (fact.stars, message.stars),
        (fact.recommends, message.recommends),
        (readable(fact.text).split(), message.text.split()),
    )
    return all(theirs == ours for theirs, ours in told if theirs is not None)


def _say_anew(message: Message, fact: contract.MessageEdited) -> None:
    message.text, message.edited_at = readable(fact.text), fact.at
    if message.is_in:
        found = detect(fact.text)
        message.language, message.language_certain = found.language, found.certain
    message.stars = message.stars if fact.stars is None else fact.stars
    message.recommends = message.recommends if fact.recommends is None else fact.recommends


def _insert_version(message: Message, text: str, *, at: datetime) -> None:
    """A later edit came first: what stood there in between belongs between its neighbours."""
    following = message.versions.filter(until__gt=at).order_by("until", "id").first()
    _version(message, following.text if following else message.text, until=at).save()
    if following is None:
        _version(message, text, until=message.edited_at or at).save()
    else:
        MessageVersion.objects.filter(pk=following.pk).update(text=text)


def _version(message: Message, text: str, *, until: datetime) -> MessageVersion:
    return MessageVersion(workspace_id=message.workspace_id, message=message, text=text, until=until)


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
    last = _last_hiding(message)
    if (message.hidden_at is not None) == fact.hidden:
        if fact.hidden or (last is not None and last.by_id):
            return  # our own doing comes back
    elif last is not None and _said_at(last) > fact.at:
        return  # a later word came first
    message.hidden_at = fact.at if fact.hidden else None
    message.save(update_fields=["hidden_at"])
    publish(
        MessageHidden(
            **about_message(message, now=now),
            hidden=fact.hidden,
            by_network=True,
            said_at=fact.at.isoformat(),
        )
    )


def hidden_or_shown_since(message: Message, moment: datetime) -> bool:
    """By an agent."""
    last = _last_hiding(message)
    return last is not None and last.by_id is not None and last.at > moment


def _last_hiding(message: Message) -> EventRecord | None:
    told = EventRecord.objects.filter(ticket_id=message.ticket_id, kind=MessageHidden.__name__)
    return told.filter(payload__message_id=message.pk).order_by("-id").first()


def _said_at(record: EventRecord) -> datetime:
    said = record.payload.get("said_at")
    return datetime.fromisoformat(said) if said else record.at


@transaction.atomic
def react(inbox: Inbox, fact: contract.Reaction, *, now: datetime) -> None:
    """Somebody's feeling about a message. Ours is our like."""
    message = _locked(inbox, fact.external_id)
    if fact.ours:
        Message.objects.filter(pk=message.pk).update(liked_at=fact.at if fact.added else None)
        return
    address = fact.author.address if fact.author else ""
    felt = {
        "workspace_id": message.workspace_id,
        "name": fact.name[:40] if fact.added else "",
        "emoji": fact.emoji[:20] if fact.added else "",
        "at": fact.at,
    }
    row, made = Reaction.everything.get_or_create(message=message, address=address, defaults=felt)
    if not made and not Reaction.everything.filter(pk=row.pk, at__lte=fact.at).update(**felt):
        return  # a later word came first
    publish(MessageReacted(**about_message(message, now=now), name=fact.name or fact.emoji, added=fact.added))


@transaction.atomic(savepoint=False)
def take_receipt(inbox: Inbox, fact: contract.Receipt, *, now: datetime) -> set[str]:
    """Gives the ids among `fact.external_ids` that we do not know yet."""
    _recognise(inbox, fact, now=now)
    messages = _meant_by(inbox, fact)
    if fact.status == "delivered":
        mark_delivered(messages, now=fact.at)
    elif fact.status == "read":
        mark_read(messages, now=fact.at)
    elif fact.status == "sent":
        for message in messages.filter(delivery__in=(Delivery.SENDING, Delivery.UNCONFIRMED)):
            mark_sent(message, external_id=message.external_id, now=now, sent_at=fact.at)
    else:
        for message in messages.select_related("author"):
            if _is_about_a_copy(message, fact):
                miss_copies(message, {fact.recipient: fact.reason}, now=now)
            else:
                mark_failed(message, problem="rejected", reason=fact.reason, now=now)
    if not fact.external_ids:
        return set()
    known = Message.objects.filter(inbox=inbox, external_id__in=list(fact.external_ids))
    return set(fact.external_ids) - set(known.values_list("external_id", flat=True))


def _is_about_a_copy(message: Message, fact: contract.Receipt) -> bool:
    to = message.author.address.lower() if message.author else ""
    copied = {one["address"].lower() for one in message.copies}
    return fact.recipient.lower() != to and fact.recipient.lower() in copied


def _recognise(inbox: Inbox, fact: contract.Receipt, *, now: datetime) -> None:
    """Our mark proves that the network took a message whose answer never reached us."""
    try:
        token = uuid.UUID(fact.token)
    except ValueError:
        return
    for message in Message.objects.filter(inbox=inbox, token=token, external_id=""):
        mark_sent(message, external_id=fact.external_ids[0], now=now, sent_at=fact.at)


@transaction.atomic
def happen(inbox: Inbox, fact: contract.Happening, *, now: datetime) -> None:
    address = address_known(inbox, fact.address)
    thread = Thread.objects.filter(inbox=inbox, key=address).first() if address else None
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
    # A private answer to a comment was written to the comment's author and lies in the private thread.
    there = Q(author__address=fact.address) | Q(thread__key=fact.address)
    return ours.filter(there, sent_at__lte=fact.until)


def _locked(inbox: Inbox, external_id: str) -> Message:
    try:
        return _locked_many(inbox, {external_id})[external_id]
    except KeyError:
        raise NotHereYet(external_id) from None


def _locked_many(inbox: Inbox, external_ids: Collection[str]) -> dict[str, Message]:
    """Those of them that are here, by their ids, with their tickets locked."""
    found = list(Message.objects.filter(inbox=inbox, external_id__in=external_ids).defer("search"))
    tickets = lock_tickets(message.ticket_id for message in found)
    for message in found:
        message.ticket = tickets[message.ticket_id]
    return {message.external_id: message for message in found}

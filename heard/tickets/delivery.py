"""How far our own messages got. States only go forward; the network has the last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from heard.channels.words import N_
from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.draft import place_of
from heard.tickets.events import (
    MessageCancelled,
    MessageDelivered,
    MessageFailed,
    MessageRead,
    MessageRetried,
    MessageSent,
    MessageUnconfirmed,
)
from heard.tickets.files import detach
from heard.tickets.locked import locked_alone
from heard.tickets.missed_copies import forget_misses, send_copies_again
from heard.tickets.models import Delivery, Draft, Message, Ticket
from heard.tickets.private_side import link_private_side
from heard.tickets.settle import end_by_answer, settle, wait_again
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

# Where each state may be reached from. `failed` gives way to a later word of the network.
REACHED_FROM = {
    Delivery.SENDING: (Delivery.QUEUED,),
    Delivery.SENT: (Delivery.QUEUED, Delivery.SENDING, Delivery.UNCONFIRMED, Delivery.FAILED),
    Delivery.DELIVERED: (Delivery.SENDING, Delivery.SENT, Delivery.UNCONFIRMED, Delivery.FAILED),
    Delivery.READ: (
        Delivery.SENDING,
        Delivery.SENT,
        Delivery.DELIVERED,
        Delivery.UNCONFIRMED,
        Delivery.FAILED,
    ),
    Delivery.FAILED: (Delivery.QUEUED, Delivery.SENDING, Delivery.SENT, Delivery.UNCONFIRMED),
    Delivery.UNCONFIRMED: (Delivery.SENDING,),
    Delivery.CANCELLED: (Delivery.QUEUED,),
    Delivery.QUEUED: (Delivery.SENDING, Delivery.FAILED, Delivery.UNCONFIRMED),
}


PART_BEFORE_FAILED = N_("The part of this reply that goes before it was not sent.")


class CannotCancel(Exception):
    """Too late: it is on its way or gone."""


class NothingToRetry(Exception):
    """Only a message that failed, or may not have been sent, can be sent again."""


@transaction.atomic(savepoint=False)
def mark_sending(message: Message) -> bool:
    """Of a message whose ticket is held."""
    there = Message.objects.filter(pk=message.pk, delivery__in=REACHED_FROM[Delivery.SENDING])
    return bool(there.update(delivery=Delivery.SENDING))


@transaction.atomic(savepoint=False)
def mark_sent(
    message: Message,
    *,
    external_id: str,
    now: datetime,
    recipient: str = "",
    sent_at: datetime | None = None,
) -> bool:
    """The network took it. Harmless when the echo said so before: then False.

    `sent_at` is the network's own time where it told us: receipts are counted by its clock.
    """
    ticket = locked_alone(message.ticket_id)
    if recipient:
        link_private_side(message, recipient, now=now)
    current = _current(message, ticket)
    if current is None:
        return False
    had_failed = current.delivery == Delivery.FAILED
    if external_id:
        _give_way(current, external_id)
    named = {"external_id": external_id} if external_id and not current.external_id else {}
    sent: dict[str, object] = {"sent_at": sent_at or now, "delivery_problem": "", "delivery_reason": ""}
    if not _step(current, Delivery.SENT, **sent, **named):
        if named:
            Message.objects.filter(pk=current.pk, external_id="").update(**named)
        return False
    if had_failed:
        _answer_again(current, now=now)
    publish(MessageSent(**about_message(current, now=now)))
    return True


def mark_there(message: Message, *, external_id: str, now: datetime) -> None:
    """It lies with us, so it arrived when it was queued. In that transaction, which holds the ticket."""
    Message.objects.filter(pk=message.pk, delivery=Delivery.QUEUED).update(
        delivery=Delivery.SENT, external_id=external_id, sent_at=now
    )
    publish(MessageSent(**about_message(message, now=now)))


@transaction.atomic
def mark_failed(message: Message, *, problem: str, reason: str, now: datetime) -> None:
    """It did not go out and will not: what it was to answer waits again."""
    moved = _move(message, Delivery.FAILED, delivery_problem=problem, delivery_reason=reason)
    if moved is None:
        return
    _wait_again(moved)
    publish(MessageFailed(**about_message(moved, now=now), problem=problem, reason=reason))
    _stop_what_follows(moved, problem=problem, now=now)


@transaction.atomic
def mark_unconfirmed(message: Message, *, reason: str, now: datetime) -> None:
    """Nobody knows whether the network took it. An echo, a receipt or an agent will settle it."""
    moved = _move(message, Delivery.UNCONFIRMED, delivery_reason=reason)
    if moved is not None:
        publish(MessageUnconfirmed(**about_message(moved, now=now), reason=reason))


@transaction.atomic(savepoint=False)
def mark_delivered(messages: QuerySet[Message], *, now: datetime) -> int:
    messages.filter(delivery=Delivery.READ, delivered_at=None).update(delivered_at=now)
    return _receipts(messages, Delivery.DELIVERED, MessageDelivered, now, delivered_at=now)


@transaction.atomic(savepoint=False)
def mark_read(messages: QuerySet[Message], *, now: datetime) -> int:
    return _receipts(messages, Delivery.READ, MessageRead, now, read_at=now)


@transaction.atomic
def cancel(message: Message, *, by: Agent, now: datetime) -> None:
    """Take a reply back before it leaves, with all its parts that have not left. Raises CannotCancel."""
    moved = _move(message, Delivery.CANCELLED)
    if moved is None:
        raise CannotCancel
    _wait_again(moved)
    rest = [_move(part, Delivery.CANCELLED) for part in reply_with(moved).exclude(pk=moved.pk).order_by("pk")]
    gone = [moved, *(part for part in rest if part is not None)]
    mode = Draft.Mode.PUBLIC if moved.public else Draft.Mode.PRIVATE
    for part in sorted(gone, key=lambda part: part.pk):
        detach(part, place=place_of(moved.ticket, mode))
    publish(*(MessageCancelled(**about_message(part, now=now, by=by)) for part in gone))


@transaction.atomic
def send_again(message: Message, *, by: Agent, now: datetime) -> None:
    """An agent's explicit word; never done by Heard itself. Raises NothingToRetry.

    Where only some copies of a letter did not arrive, those alone.
    """
    locked_alone(message.ticket_id)
    current = Message.objects.get(pk=message.pk)
    if current.delivery not in (Delivery.FAILED, Delivery.UNCONFIRMED):
        if not send_copies_again(current, by=by, now=now):
            raise NothingToRetry
        return
    forget_misses(current)
    moved = _move(message, Delivery.QUEUED, delivery_problem="", delivery_reason="")
    if moved is None:
        raise NothingToRetry
    _answer_again(moved, now=now)
    publish(MessageRetried(**about_message(moved, now=now, by=by)))


@transaction.atomic
def was_sent(message: Message, *, by: Agent, now: datetime) -> None:
    """An agent looked at the network and saw it there. Raises NothingToRetry."""
    current = Message.objects.get(pk=message.pk)
    if current.delivery != Delivery.UNCONFIRMED:
        raise NothingToRetry
    moved = _move(message, Delivery.SENT, sent_at=now, delivery_reason="")
    if moved is not None:
        publish(MessageSent(**about_message(moved, now=now, by=by)))


def _give_way(current: Message, external_id: str) -> None:
    """The network's id is for this message of ours. An echo taken for somebody else's words gives way."""
    for twin in _twins(current.pk, inbox=current.inbox_id, external_id=external_id):
        Message.objects.filter(answered_by=twin).update(answered_by=current)
        Message.objects.filter(parent=twin).update(parent=current)
        twin.reactions(manager="everything").update(message=current)
        twin.delete()


def _twins(but: int, *, inbox: int, external_id: str) -> list[Message]:
    named = _of_ours_named(inbox=inbox, external_id=external_id)
    return [one for one in named if one.pk != but and one.agent_id is None and one.token is None]


@prepared
def _of_ours_named(*, inbox: int, external_id: str) -> QuerySet[Message]:
    named = Message.objects.filter(inbox=inbox, external_id=external_id, direction=Message.Direction.OUT)
    return named.exclude(external_id="").defer("search")  # the words of the index that holds them


def _move(message: Message, to: Delivery, **fields: object) -> Message | None:
    """The message in its new state with its ticket locked; None where the step is not a step forward."""
    current = _current(message, locked_alone(message.ticket_id))
    return current if current and _step(current, to, **fields) else None


def _step(current: Message, to: Delivery, **fields: object) -> bool:
    """Receipts do not wait for the ticket, so what the row says now decides and not what was read of it."""
    if current.delivery not in REACHED_FROM[to]:
        return False
    there = Message.objects.filter(pk=current.pk, delivery__in=REACHED_FROM[to])
    if not there.update(delivery=to, **fields):
        return False
    current.delivery = to
    for name, value in fields.items():
        setattr(current, name, value)
    return True


def _current(message: Message, ticket: Ticket) -> Message | None:
    """None where it was erased meanwhile."""
    for current in _messages(message=message.pk):
        current.ticket = ticket
        return current
    return None


@prepared
def _messages(*, message: int) -> QuerySet[Message]:
    return (
        Message.objects.select_related("parent", "agent").defer("search", "parent__search").filter(pk=message)
    )


def reply_with(message: Message) -> QuerySet[Message]:
    """All messages that one reply went as, this one among them."""
    first = message.part_of_id or message.pk
    return Message.objects.filter(Q(pk=first) | Q(part_of=first), ticket=message.ticket_id)


def _wait_again(message: Message) -> None:
    """Half an answer is none: whichever part did not arrive."""
    if wait_again(Message.objects.filter(answered_by__in=reply_with(message).values("pk"))):
        settle(message.ticket)


def _stop_what_follows(message: Message, *, problem: str, now: datetime) -> None:
    """A picture without the words that went before it would puzzle whoever gets it."""
    following = reply_with(message).filter(pk__gt=message.pk, delivery=Delivery.QUEUED)
    for part in following.order_by("pk"):
        mark_failed(part, problem=problem, reason=PART_BEFORE_FAILED, now=now)


def _answer_again(message: Message, *, now: datetime) -> None:
    others = reply_with(message).exclude(pk=message.pk)
    if others.filter(delivery__in=(Delivery.FAILED, Delivery.CANCELLED)).exists():
        return
    if end_by_answer(message, by=message.agent, now=now):
        settle(message.ticket)


def _prove(message: Message, *, now: datetime) -> None:
    """It has arrived, whatever the network said before: what it answered waits no more."""
    moved = _move(message, Delivery.SENT, delivery_problem="", delivery_reason="")
    if moved is not None:
        _answer_again(moved, now=now)


def _receipts(
    messages: QuerySet[Message],
    to: Delivery,
    event: Callable[..., MessageDelivered | MessageRead],
    now: datetime,
    **fields: object,
) -> int:
    there = messages.filter(delivery__in=REACHED_FROM[to]).order_by("id")
    found = list(there.values_list("pk", "delivery"))
    if not found:
        return 0  # most receipts say what we know already: those cost this one small question
    failed = [pk for pk, delivery in found if delivery == Delivery.FAILED]
    for message in Message.objects.filter(pk__in=failed).order_by("id") if failed else ():
        _prove(message, now=now)
    reached = list(there.select_related("ticket").select_for_update(no_key=True, of=("self",)))
    Message.objects.filter(pk__in=[message.pk for message in reached]).update(delivery=to, **fields)
    publish(*(event(**about_message(message, now=now)) for message in reached))
    return len(reached)

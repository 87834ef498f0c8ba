"""What Heard itself says to a customer. It leaves by the same gate and the same outbox as every reply.

Nobody of us wrote it, so it answers nothing: whoever waits goes on waiting. And no machine may ever talk with a
machine, so there are many more reasons to say nothing here than for a person's reply.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from heard.channels import contract
from heard.contacts.identify import ANONYMOUS
from heard.contacts.models import Identity
from heard.events.models import EventRecord
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.about import about, about_message
from heard.tickets.events import AutomaticStopped, AutomaticUnfit, MessageQueued
from heard.tickets.examined import against_automatic
from heard.tickets.locked import locked
from heard.tickets.models import Delivery, Message, Outcome, Ticket
from heard.tickets.route import NoWay, Route, route
from heard.tickets.settle import HISTORY

ONE_WITHIN = timedelta(hours=24)
BREAKER_WITHIN = timedelta(minutes=10)
BREAKER_MOST = 5


@transaction.atomic
def tell(
    ticket: Ticket,
    *,
    text: str,
    now: datetime,
    to: Message | None = None,
    subject: str = "",
    asked_for: bool = False,
) -> Message | None:
    """Queue an automatic message, or say nothing and give None.

    `to` is the incoming message that it is about; without it, the one that waits. With `asked_for` the customer
    themselves wanted it just now (a link to their ticket): it is not counted as the one of a day.
    """
    way = _private_way(ticket, to)
    asked = to or (way.target if way else None) or _newest(ticket)
    if way is None or asked is None or way.identity is None:
        return None
    _one_at_a_time(way.identity)
    ticket = locked(ticket)
    if not _may_be_told(ticket, way, asked, now=now) or _is_a_machine_at_work(ticket, way.identity, now=now):
        return None
    if not asked_for and _was_told(way.identity, now=now):
        return None
    if found := against_automatic(text, way, now=now):
        checks, codes = sorted({one.check for one in found}), sorted({one.code for one in found})
        publish(AutomaticUnfit(**about(ticket, now=now), checks=checks, codes=codes))
        return None
    message = _queue(ticket, way, text=text, subject=subject, now=now)
    publish(MessageQueued(**about_message(message, now=now), public=False, overridden=[]))
    return message


def _private_way(ticket: Ticket, to: Message | None) -> Route | None:
    """The conversation that runs already. A private answer to a public message can be given once: it is kept for
    somebody who has something to say."""
    try:
        way = route(ticket, private=True, to=to)
    except NoWay:
        return None
    answers = contract.Kind(way.kind) in way.abilities.replies
    return way if answers and not way.public and not way.private_reply else None


def _newest(ticket: Ticket) -> Message | None:
    """Where we began the conversation, nothing was said in it yet."""
    return ticket.messages.filter(direction=Message.Direction.IN).order_by("-at", "-id").first()


def _may_be_told(ticket: Ticket, way: Route, asked: Message, *, now: datetime) -> bool:
    if ticket.is_spam or asked.automatic or asked.removed_at or asked.unanswerable:
        return False
    if asked.outcome == Outcome.DISMISSED and asked.outcome_reason == HISTORY:
        return False
    # The later window is for what people write.
    return not (way.is_closed(now) or way.is_extended(now)) and not _is_nobody(way)


def _is_nobody(way: Route) -> bool:
    """Hidden by the network, or ourselves: two mailboxes of one company would write to each other for ever."""
    address = way.identity.address if way.identity else ""
    ours = Inbox.objects.filter(workspace_id=way.inbox.workspace_id, account__iexact=address)
    return not address or address.startswith(ANONYMOUS) or ours.exists()


def _is_a_machine_at_work(ticket: Ticket, identity: Identity, *, now: datetime) -> bool:
    """So many messages from one address in so short a time: whoever it is gets nothing automatic."""
    heard = Message.objects.filter(
        author__in=_same_address(identity),
        direction=Message.Direction.IN,
        received_at__gt=now - BREAKER_WITHIN,
    )
    if heard.count() <= BREAKER_MOST:
        return False
    said = EventRecord.objects.filter(ticket_id=ticket.pk, kind=AutomaticStopped.__name__)
    if not said.filter(at__gt=now - BREAKER_WITHIN).exists():
        publish(AutomaticStopped(**about(ticket, now=now)))
    return True


def _was_told(identity: Identity, *, now: datetime) -> bool:
    told = Message.objects.filter(
        author__in=_same_address(identity),
        direction=Message.Direction.OUT,
        automatic=True,
        at__gt=now - ONE_WITHIN,
    )
    return told.exclude(delivery__in=(Delivery.FAILED, Delivery.CANCELLED)).exists()


def _same_address(identity: Identity) -> list[int]:
    """Also where the same person wrote to another mailbox of ours."""
    inboxes = Inbox.objects.filter(workspace_id=identity.workspace_id)
    same = Identity.objects.filter(inbox__in=inboxes, address=identity.address)
    return list(same.values_list("pk", flat=True))


def _one_at_a_time(identity: Identity) -> None:
    """Two tickets of one person may open at once. Before the ticket's lock, as everywhere in this file."""
    with connection.cursor() as cursor:
        key = f"tell {identity.workspace_id} {identity.address}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _queue(ticket: Ticket, way: Route, *, text: str, subject: str, now: datetime) -> Message:
    ticket.last_message_at = max(now, ticket.last_message_at)
    ticket.save(update_fields=["last_message_at"])
    return Message.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        thread=way.thread,
        inbox=way.inbox,
        direction=Message.Direction.OUT,
        kind=way.kind,
        author=way.identity,
        parent=way.target,
        parent_external_id=way.target.external_id if way.target else "",
        text=text,
        subject=subject[:500],
        public=False,
        automatic=True,
        at=now,
        received_at=now,
        delivery=Delivery.QUEUED,
        token=Message.new_token(),
    )

"""Something was said or done meanwhile: what waited was written for another moment, and comes back.

A new word of the customer calls back what waits for its time. An answer of somebody else, or the end of the
ticket, calls back what waits for a colleague too. In public other people may write and be answered beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from heard.many import among
from heard.tickets.events import (
    MessageAnswered,
    MessageDismissed,
    MessageEdited,
    MessageEvent,
    MessageQueued,
    MessageReceived,
    MessageRemoved,
    OwnMessageSeen,
    TicketEvent,
    TicketResolved,
)
from heard.tickets.models import Message, PendingReply
from heard.tickets.pending.come_back import come_back
from heard.tickets.pending.hold import WAITING, State
from heard.tickets.threads import lock_tickets
from heard.workspaces.prepared import Some, prepared

E = TypeVar("E", bound=TicketEvent)
M = TypeVar("M", bound=MessageEvent)


def customer_wrote(events: Sequence[MessageReceived]) -> None:
    """Of a batch with nothing that waits this is one question: it runs inside the intake."""
    for pending, happened in _waiting(events, (State.SCHEDULED,)):
        _call_back(pending, _concerning(pending, happened), reason="customer_wrote")


def customer_changed(events: Sequence[MessageEdited | MessageRemoved]) -> None:
    """What it answers no longer stands there as it did."""
    for pending, happened in _waiting(events, (State.SCHEDULED,)):
        changed = [event for event in happened if event.message_id == pending.to_id]
        _call_back(pending, changed, reason="customer_changed")


def we_answered(events: Sequence[MessageQueued | OwnMessageSeen]) -> None:
    """By somebody else than its author: who has more to say later knows what they say now."""
    by_people = [event for event in events if event.by_id or isinstance(event, OwnMessageSeen)]
    for pending, happened in _waiting(by_people, WAITING):
        others = [event for event in happened if event.by_id != pending.agent_id]
        _call_back(pending, _concerning(pending, others), reason="answered")


def needs_no_answer(events: Sequence[MessageAnswered | MessageDismissed]) -> None:
    """Answered elsewhere, or not to be answered at all."""
    for pending, happened in _waiting(events, WAITING):
        _call_back(pending, _concerning(pending, happened), reason="answered")


def ticket_ended(events: Sequence[TicketResolved]) -> None:
    for pending, happened in _waiting(events, WAITING):
        _call_back(pending, happened, reason="resolved")


def _waiting(
    events: Sequence[E], states: Collection[PendingReply.State]
) -> Iterator[tuple[PendingReply, list[E]]]:
    """Each that waits in one of their tickets, locked, with what happened there."""
    tickets = {event.ticket_id for event in events if event.ticket_id is not None}
    concerned = set(_concerned(tuple(states), tickets=Some(tickets)))
    if not concerned:
        return
    locked = lock_tickets(concerned)
    rows = PendingReply.objects.filter(ticket__in=concerned, state__in=states)
    held = rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
    for pending in list(held.select_related("agent", "to__author")):
        pending.ticket = locked[pending.ticket_id]
        yield pending, [event for event in events if event.ticket_id == pending.ticket_id]


@prepared
def _concerned(states: Sequence[PendingReply.State], *, tickets: Some) -> QuerySet[PendingReply, int]:
    waiting = PendingReply.objects.filter(among("ticket", tickets), state__in=states)
    return waiting.values_list("ticket", flat=True)


def _concerning(pending: PendingReply, events: Sequence[M]) -> list[M]:
    """In public other people may write, and be answered, beside whom it is for."""
    messages = Message.objects.select_related("author").in_bulk([event.message_id for event in events])
    return [event for event in events if not _is_beside(pending, messages[event.message_id])]


def _is_beside(pending: PendingReply, message: Message) -> bool:
    if not (pending.public and message.public and pending.to and pending.to.author and message.author):
        return False
    return pending.to.author.contact_id != message.author.contact_id


def _call_back(pending: PendingReply, events: Sequence[TicketEvent], *, reason: str) -> None:
    if events:
        come_back(pending, State.OVERTAKEN, now=events[0].at, reason=reason)

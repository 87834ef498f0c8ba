"""Our last word sets the alarm, in its own transaction. What was said since is asked when it rings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from heard.following_up.models import FollowUp, Kind
from heard.following_up.rules import asks, rule_of
from heard.tickets.events import MessageQueued, TicketResolved
from heard.tickets.models import Message, Resolution, Ticket


def note_answered(events: Sequence[MessageQueued]) -> None:
    """What Heard says by itself is no answer that somebody could owe us one for."""
    for event in events:
        if event.by_id is not None and not event.public and event.ticket_id and asks(event.workspace_id):
            set_alarm(event.ticket_id, Kind.REMIND, now=event.at)


def note_resolved(events: Sequence[TicketResolved]) -> None:
    """A customer who said so themselves knows that it is solved."""
    for event in events:
        if event.by_id is not None and event.resolution == Resolution.SOLVED and event.ticket_id is not None:
            set_alarm(event.ticket_id, Kind.ASK, now=event.at)


def set_alarm(ticket_id: int, kind: Kind, *, now: datetime) -> None:
    ticket = Ticket.objects.select_related("inbox").get(pk=ticket_id)
    days = rule_of(ticket.inbox).days(kind)
    after = last_word(ticket)
    if days is None or after is None:
        return
    FollowUp.objects.update_or_create(
        ticket=ticket,
        kind=kind,
        state=FollowUp.State.WAITING,
        defaults={
            "workspace_id": ticket.workspace_id,
            "after": after,
            "due_at": now + timedelta(days=days),
        },
    )


def last_word(ticket: Ticket) -> int | None:
    """The id of the last thing that the customer said to us alone."""
    said = ticket.messages.filter(direction=Message.Direction.IN, public=False)
    return said.order_by("-at", "-id").values_list("pk", flat=True).first()

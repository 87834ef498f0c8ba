"""A reply to a reply can come before the comment that ties it to its conversation.

It then opens a ticket of its own. When the missing piece arrives, the thread goes home: its messages
move to the right ticket and the stray one is closed as a duplicate, with a word on both timelines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.many import among
from heard.tickets.about import about
from heard.tickets.events import TicketJoined, TicketResolved
from heard.tickets.models import Message, Resolution, State, Thread, Ticket
from heard.tickets.settle import settle
from heard.tickets.threads import lock_tickets


def rehome(inbox: Inbox, arrived: Sequence[Message], *, now: datetime) -> None:
    homes = {message.external_id: message for message in arrived if message.thread.key != message.external_id}
    if not homes:
        return
    strays = (
        Thread.objects.select_for_update(no_key=True).filter(among("key", homes), inbox=inbox).order_by("id")
    )
    for stray in strays:
        _go_home(stray, homes[stray.key], now=now)


def _go_home(stray: Thread, arrived: Message, *, now: datetime) -> None:
    if stray.ticket_id is None or stray.ticket_id == arrived.ticket_id:
        return
    tickets = lock_tickets([stray.ticket_id, arrived.ticket_id])
    left, home = tickets[stray.ticket_id], tickets[arrived.ticket_id]
    Message.objects.filter(thread=stray).update(thread=arrived.thread, ticket=home)
    Thread.objects.filter(pk=stray.pk).update(ticket=home)
    home.last_message_at = max(home.last_message_at, left.last_message_at)
    home.save(update_fields=["last_message_at"])
    settle(home)
    if left.messages.exists():
        settle(left)  # it had other threads, of which it goes on
    else:
        _close(left, home, now=now)
    publish(TicketJoined(**about(home, now=now), joined=left.number))


def _close(left: Ticket, home: Ticket, *, now: datetime) -> None:
    left.state, left.resolution = State.RESOLVED, Resolution.DUPLICATE
    left.resolution_note = f"#{home.number}"
    left.resolved_at, left.waiting_since, left.snoozed_until = now, None, None
    left.save(
        update_fields=[
            "state",
            "resolution",
            "resolution_note",
            "resolved_at",
            "waiting_since",
            "snoozed_until",
        ]
    )
    publish(TicketResolved(**about(left, now=now), resolution=left.resolution, note=left.resolution_note))

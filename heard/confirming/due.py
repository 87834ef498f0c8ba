"""New tickets that are to be confirmed are noted in the transaction that made them."""

from __future__ import annotations

from collections.abc import Sequence

from heard.confirming.models import Confirmation
from heard.confirming.switches import CONFIRMABLE, switched_on
from heard.events.bell import ring
from heard.many import insert_many
from heard.tickets.events import TicketOpened

LOCK = "confirming"


def note_opened(events: Sequence[TicketOpened]) -> None:
    """One query at the most for a batch in which nothing is confirmed: this runs inside the intake."""
    # What one of us opened is no message of theirs that could be confirmed.
    theirs = [event for event in events if event.by_id is None and event.ticket.kind in CONFIRMABLE]
    inboxes = {event.ticket.inbox_id: event.ticket.inbox for event in theirs}
    on = switched_on(list(inboxes.values()))
    due = [
        Confirmation(workspace_id=event.workspace_id, ticket_id=event.ticket.pk, made_at=event.at)
        for event in theirs
        if event.ticket.inbox_id in on
    ]
    if due:
        insert_many(due, keys=False)
        wake()


def wake() -> None:
    ring("heard.confirming.tasks.confirm_all_due", lock=LOCK, once=LOCK)

"""New tickets that are to be confirmed are noted in the transaction that made them."""

from __future__ import annotations

from collections.abc import Sequence

from heard.confirming.models import Confirmation
from heard.confirming.switches import CONFIRMABLE, switched_on
from heard.events.bell import ring
from heard.inboxes.models import Inbox
from heard.many import among, insert_many
from heard.tickets.events import TicketOpened
from heard.tickets.models import Ticket

LOCK = "confirming"


def note_opened(events: Sequence[TicketOpened]) -> None:
    """Two queries for a batch in which nothing is confirmed: this runs inside the intake."""
    # What one of us opened is no message of theirs that could be confirmed.
    theirs = [event for event in events if event.by_id is None]
    ids = [event.ticket_id for event in theirs]
    opened = Ticket.objects.filter(among("pk", ids), kind__in=[kind.value for kind in CONFIRMABLE])
    places = dict(opened.values_list("pk", "inbox"))
    on = switched_on(Inbox.objects.filter(pk__in=set(places.values()))) if places else set()
    due = [
        Confirmation(workspace_id=event.workspace_id, ticket_id=event.ticket_id, made_at=event.at)
        for event in theirs
        if event.ticket_id is not None and places.get(event.ticket_id) in on
    ]
    if due:
        insert_many(due, keys=False)
        wake()


def wake() -> None:
    ring("heard.confirming.tasks.confirm_all_due", lock=LOCK, once=LOCK)

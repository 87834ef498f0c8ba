from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.tickets.assign import assign
from heard.tickets.models import Ticket
from heard.tickets.note import note
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.tickets.timeline import Entry, timeline
from heard.workspaces.models import Agent
from tests.cast import Network


def kind_of(entry: Entry) -> str:
    return entry.event.kind if entry.event else ""


def test_everything_stands_in_one_line_of_time(messenger: Network, bea: Agent) -> None:
    ticket = messenger.ticket(messenger.direct("Where is my parcel?"))
    assign(ticket, to=bea, by=bea, now=messenger.tick())
    note(ticket, text="Called the carrier.", by=bea, now=messenger.tick())
    reply(ticket, text="Tomorrow.", by=bea, now=messenger.tick())
    resolve(ticket, by=bea, now=messenger.tick())

    told = [
        entry.message.text if entry.message else entry.note.text if entry.note else kind_of(entry)
        for entry in timeline(ticket)
    ]

    assert told == [
        "Where is my parcel?",
        "TicketAssigned",
        "Called the carrier.",
        "Tomorrow.",
        "TicketResolved",
    ]


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(messenger: Network, bea: Agent) -> None:
    ticket = messenger.ticket(messenger.direct("One"))
    ticket = Ticket.objects.select_related("inbox").get(pk=ticket.pk)  # as its page has read it
    with CaptureQueriesContext(connection) as short:
        timeline(ticket)
    for n in range(10):
        messenger.direct(f"More {n}")
        note(ticket, text="noted", by=bea, now=messenger.tick())

    with CaptureQueriesContext(connection) as long:
        entries = timeline(ticket)
        for entry in entries:
            if entry.message is not None:
                assert entry.message.author is not None
                assert entry.message.author.contact.name == "Jana"
                assert not list(entry.message.reactions.all())

    assert len(long) == len(short) == 1
    assert len(entries) == 21

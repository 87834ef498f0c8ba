"""Somebody quoted the number of another ticket: that one shows it, too."""

from __future__ import annotations

from collections.abc import Sequence

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketQuoted, TicketReferenced
from heard.tickets.models import Ticket


def note_quoted(events: Sequence[TicketReferenced]) -> None:
    """One batch is of one workspace. A number that was given out may belong to no ticket any more."""
    numbers = {event.referred for event in events}
    known = Ticket.objects.filter(workspace=events[0].workspace_id, number__in=numbers)
    tickets = {ticket.number: ticket for ticket in known}
    publish(
        *(
            TicketQuoted(**about(tickets[event.referred], now=event.at), quoted_in=event.number)
            for event in events
            if event.referred in tickets
        )
    )

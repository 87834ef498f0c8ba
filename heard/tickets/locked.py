"""Lock first, then decide: two agents act on one ticket at the same moment more often than one thinks."""

from __future__ import annotations

from heard.tickets.models import Ticket


def locked(ticket: Ticket) -> Ticket:
    """The ticket as it is now, held until the transaction ends."""
    return (
        Ticket.objects.select_for_update(of=("self",)).select_related("workspace", "inbox").get(pk=ticket.pk)
    )

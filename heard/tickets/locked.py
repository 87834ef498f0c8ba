"""Lock first, then decide: two agents act on one ticket at the same moment more often than one thinks.

Every lock of ours says `no_key`: we never change a key, and a plain lock would stop whoever commits a row
that refers to the locked one. An agent's reply and a customer's message would wait for each other.
"""

from __future__ import annotations

from django.db.models import QuerySet

from heard.tickets.models import Ticket
from heard.workspaces.prepared import prepared


def locked(ticket: Ticket) -> Ticket:
    """The ticket as it is now, held until the transaction ends."""
    return (
        Ticket.objects.select_for_update(no_key=True, of=("self",))
        .select_related("workspace", "inbox")
        .get(pk=ticket.pk)
    )


def locked_alone(ticket_id: int) -> Ticket:
    """Without what it belongs to, for those who have that at hand."""
    found = _alone(ticket=ticket_id)
    if not found:
        raise Ticket.DoesNotExist
    return found[0]


@prepared
def _alone(*, ticket: int) -> QuerySet[Ticket]:
    return Ticket.objects.select_for_update(no_key=True).filter(pk=ticket)

"""A link that was given in one conversation was used by somebody whom we know by another address."""

from __future__ import annotations

from datetime import datetime

from heard.contacts.models import Identity, UsedLink
from heard.tickets.continue_elsewhere import claimant_of
from heard.tickets.models import Ticket
from heard.tickets.numbers import public_number


def note_link_used(ticket: Ticket, *, by: Identity, now: datetime) -> None:
    """Kept for the suggestion that they are one person. The first time counts."""
    given_to = claimant_of(ticket)
    if given_to is None or given_to == by or given_to.contact_id == by.contact_id:
        return
    UsedLink.objects.get_or_create(
        given_to=given_to,
        used_by=by,
        defaults={
            "workspace_id": ticket.workspace_id,
            "words": public_number(ticket.workspace, ticket.number),
            "at": now,
        },
    )

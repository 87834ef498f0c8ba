"""The way that answers to a form take: to the address that it gave, by the mailbox that it names."""

from __future__ import annotations

from datetime import datetime

from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.tickets.models import Kind, Thread, Ticket
from heard.workspaces.models import Agent


def continue_by_email(
    ticket: Ticket, *, address: str, inbox: Inbox, by: Agent | None, now: datetime
) -> Thread:
    """A thread of the mailbox that runs in this ticket. The address is claimed: it joins no known person."""
    Identity.objects.get_or_create(
        inbox=inbox,
        address=address,
        defaults={"workspace_id": ticket.workspace_id, "contact": ticket.contact, "created_at": now},
    )
    thread, _made = Thread.objects.get_or_create(
        inbox=inbox,
        key=f"ticket-{ticket.pk}",
        defaults={"workspace_id": ticket.workspace_id, "kind": Kind.EMAIL, "ticket": ticket},
    )
    return thread

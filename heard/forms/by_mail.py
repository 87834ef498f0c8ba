"""The way that answers to a form take: to the address that it gave, by the mailbox that it names."""

from __future__ import annotations

from datetime import datetime

from heard.channels import contract
from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.tickets.models import Kind, Thread, Ticket
from heard.workspaces.models import Agent


class BadAddress(Exception):
    """That is no e-mail address."""


class CannotContinue(Exception):
    """No mail leaves by that inbox."""


def continue_by_email(
    ticket: Ticket, *, address: str, inbox: Inbox, by: Agent | None, now: datetime
) -> Thread:
    """A thread of the mailbox that runs in this ticket. Raises CannotContinue.

    The same name and meaning as `heard.tickets.continue_elsewhere` has, which takes this one's place when it is there:
    until then nothing leaves by that thread, because no way of answering looks at it.
    """
    if contract.Kind.EMAIL not in inbox.abilities.replies or inbox.workspace_id != ticket.workspace_id:
        raise CannotContinue
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

"""A public conversation that goes on in private stays one ticket.

The answer to a private reply names the person's private address. It belongs to the contact who wrote
in public, and what they write from there lands in the same ticket.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.tickets.models import Kind, Message, Thread
from heard.tickets.threads import continues


def link_private_side(message: Message, address: str, *, now: datetime) -> None:
    inbox = _private_inbox(message.inbox)
    if inbox is None or message.author is None:
        return
    contact = message.author.contact
    identity, _made = Identity.objects.get_or_create(
        inbox=inbox,
        address=address,
        defaults={
            "workspace_id": inbox.workspace_id,
            "contact": contact,
            "home_id": message.author.home_id,
            "name": message.author.name,
            "profile": Identity.Profile.WANTED,
        },
    )
    same_person(identity, message.author)
    thread, _made = Thread.objects.get_or_create(
        inbox=inbox, key=address, defaults={"workspace_id": inbox.workspace_id, "kind": Kind.DIRECT}
    )
    if not _runs(thread, now=now):
        Thread.objects.filter(pk=thread.pk).update(ticket=message.ticket_id)
    # At the network the message lies in the private conversation: echo and receipts come from there.
    Message.objects.filter(pk=message.pk).update(inbox=inbox, thread=thread)


def _runs(thread: Thread, *, now: datetime) -> bool:
    """Is another ticket under way in the private conversation? Then it goes on there."""
    within = timedelta(hours=thread.workspace.reopen_within_hours)
    return thread.ticket is not None and continues(
        thread.ticket, kind=Kind.DIRECT, at=now, reopen_within=within
    )


def _private_inbox(inbox: Inbox) -> Inbox | None:
    slug = inbox.abilities.private_channel
    siblings = Inbox.objects.filter(workspace_id=inbox.workspace_id, channel=slug, account=inbox.account)
    return siblings.first() if slug else None


def same_person(identity: Identity, other: Identity) -> None:
    """The network itself says that both addresses are one person: no guess, so no question.

    Nor is it a merge that somebody could undo: wherever the other one goes, this one goes.
    """
    if (identity.contact_id, identity.home_id) == (other.contact_id, other.home_id):
        return
    emptied, contact = identity.contact_id, other.contact
    Identity.objects.filter(pk=identity.pk).update(contact=contact, home=other.home_id)
    if not Identity.objects.filter(contact_id=emptied).exists():
        contact.tickets.model.objects.filter(contact_id=emptied).update(contact=contact)

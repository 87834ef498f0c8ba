"""A person is called by another address: the network says so itself, so it is no guess."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels.contract import AddressChanged
from heard.contacts.identify import address_known
from heard.contacts.models import Identity
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.events import Happened
from heard.tickets.models import CONVERSATIONS, Thread
from heard.tickets.private_side import same_person


@transaction.atomic
def move(inbox: Inbox, fact: AddressChanged, *, now: datetime) -> None:
    """The old address is forgotten: a number may be given to somebody else."""
    called = address_known(inbox, fact.old)
    identity = Identity.objects.filter(inbox=inbox, address=called).select_related("contact").first()
    if identity is None or fact.new in (identity.address, *identity.aliases):
        return
    newer = Identity.objects.filter(inbox=inbox, address=fact.new).first()
    if newer is not None:
        same_person(newer, identity)
        return
    identity.aliases = [alias for alias in identity.aliases if alias != fact.old]
    if called == fact.old:
        identity.address = fact.new
        _take_thread_along(inbox, fact)
    else:
        identity.aliases.append(fact.new)
    identity.save(update_fields=["address", "aliases"])
    _tell(inbox, identity, now=now)


def _take_thread_along(inbox: Inbox, fact: AddressChanged) -> None:
    threads = Thread.objects.filter(inbox=inbox, kind__in=CONVERSATIONS)
    if not threads.filter(key=fact.new).exists():
        threads.filter(key=fact.old).update(key=fact.new)


def _tell(inbox: Inbox, identity: Identity, *, now: datetime) -> None:
    thread = Thread.objects.filter(inbox=inbox, key=identity.address).first()
    publish(
        Happened(
            workspace_id=inbox.workspace_id,
            ticket_id=thread.ticket_id if thread else None,
            at=now,
            name="address_changed",
            inbox_id=inbox.pk,
            address=identity.address,
        )
    )

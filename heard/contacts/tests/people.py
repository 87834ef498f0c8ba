"""Contacts with identities and tickets, and all that is known of them as one text."""

from __future__ import annotations

import json

from heard.contacts.models import Contact, Identity
from heard.tickets.models import Ticket
from heard.workspaces.models import Workspace
from tests.cast import Network


def somebody(network: Network, name: str) -> Contact:
    """Somebody who has written once."""
    return network.ticket(network.direct("Hello", by=name)).contact


def identity_of(network: Network, name: str) -> Identity:
    return Identity.objects.get(inbox=network.inbox, address=f"person-{name.lower()}")


def export(workspace: Workspace) -> str:
    contacts = Contact.objects.filter(workspace=workspace).order_by("id")
    identities = Identity.objects.filter(workspace=workspace).order_by("id")
    tickets = Ticket.objects.filter(workspace=workspace).order_by("id")
    return json.dumps(
        {
            "contacts": list(contacts.values("id", "name", "language", "time_zone", "merged_into")),
            "identities": list(identities.values("id", "contact", "home", "address", "proof")),
            "tickets": list(tickets.values("id", "number", "contact", "state")),
        },
        sort_keys=True,
    )

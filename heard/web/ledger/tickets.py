"""From a line of the ledger to the ticket that it led to."""

from __future__ import annotations

from collections.abc import Iterable

from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine
from heard.tickets.models import Message
from heard.workspaces.models import Agent


def tickets_of(agent: Agent, inbox: Inbox, lines: Iterable[LedgerLine]) -> dict[str, int]:
    """The ticket's number by the network's id of the message, for those that have one. One query."""
    about = {line.about for line in lines if line.about}
    messages = Message.objects.visible_to(agent).filter(inbox=inbox, external_id__in=about)
    return dict(messages.values_list("external_id", "ticket__number"))

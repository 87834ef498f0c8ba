"""Words on a ticket, to find and count it by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketTagged
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent

LONGEST = 40
MOST = 20


class BadTag(Exception):
    """Empty, longer than 40 characters, or more than 20 on one ticket."""


@transaction.atomic
def tag(
    ticket: Ticket, *, add: Iterable[str] = (), remove: Iterable[str] = (), by: Agent | None, now: datetime
) -> None:
    """Raises BadTag."""
    ticket = locked(ticket)
    added = [name for name in dict.fromkeys(map(_clean, add)) if name not in ticket.tags]
    removed = [name for name in dict.fromkeys(map(_clean, remove)) if name in ticket.tags]
    tags = [name for name in [*ticket.tags, *added] if name not in removed]
    if len(tags) > MOST:
        raise BadTag
    if not added and not removed:
        return
    ticket.tags = tags
    ticket.save(update_fields=["tags"])
    publish(TicketTagged(**about(ticket, now=now, by=by), added=added, removed=removed))


def _clean(name: str) -> str:
    cleaned = " ".join(name.split()).lower()
    if not cleaned or len(cleaned) > LONGEST:
        raise BadTag
    return cleaned

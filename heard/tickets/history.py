"""All that was said with one person, whatever the channel, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from heard.contacts.models import Contact
from heard.tickets.folders import opened_cursor, sealed
from heard.tickets.models import Message
from heard.workspaces.models import Agent

PAGE = 20


@dataclass(frozen=True)
class History:
    messages: Sequence[Message]
    next: str | None


def history(contact: Contact, agent: Agent, *, cursor: str = "", limit: int = PAGE) -> History:
    """What they said and what was said to them. Raises BadCursor."""
    said = Message.objects.visible_to(agent).filter(author__contact=contact).defer("search")
    if cursor:
        at, last = opened_cursor(cursor)
        said = said.filter(at__lte=at).filter(Q(at__lt=at) | Q(at=at, id__lt=last))
    rows = list(
        said.select_related("ticket", "inbox", "author", "agent", "call").order_by("-at", "-id")[: limit + 1]
    )
    page = rows[:limit]
    return History(page, sealed(page[-1].at, page[-1].pk) if len(rows) > limit else None)

"""What agents see of a visitor: where they are on the site, whether they are there, whether they type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

from heard.chat.models import Visitor
from heard.realtime.announce import announce
from heard.tickets.models import Kind, Thread, Ticket
from heard.workspaces.models import Agent

ANSWERING = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Present:
    """The newest browser of the person who writes in a ticket."""

    online: bool
    typing: bool
    page_url: str
    page_title: str
    page_at: datetime | None
    seen_at: datetime
    proved: bool


def visitor_of(ticket: Ticket, *, now: datetime) -> Present | None:
    """None where nobody ever sat in a window."""
    if ticket.kind != Kind.CHAT:
        return None
    row = _browsers(ticket).order_by("-seen_at").first()
    if row is None:
        return None
    return Present(
        online=row.online_until is not None and row.online_until > now,
        typing=row.typing_until is not None and row.typing_until > now,
        page_url=row.page_url,
        page_title=row.page_title,
        page_at=row.page_at,
        seen_at=row.seen_at,
        proved=bool(row.subject),
    )


@transaction.atomic
def answer_is_typed(ticket: Ticket, *, typed: bool, by: Agent, now: datetime) -> None:
    """An agent types what will go to the visitor; a note among agents is nobody else's business."""
    if ticket.kind != Kind.CHAT:
        return
    rows = _browsers(ticket).filter(online_until__gt=now)
    shown = rows.filter(answering_until__gt=now)
    if not typed:
        shown = shown.filter(answering_by=by.name)
        stopped = shown.update(answering_until=None)
        if stopped:
            announce([(ticket.workspace_id, ticket.pk)])
        return
    fresh = not shown.exists()
    if rows.update(answering_until=now + ANSWERING, answering_by=by.name) and fresh:
        announce([(ticket.workspace_id, ticket.pk)])


def _browsers(ticket: Ticket) -> models.QuerySet[Visitor]:
    called = Thread.objects.filter(ticket=ticket, kind=Kind.CHAT).values_list("key", flat=True)
    return Visitor.objects.filter(inbox=ticket.inbox_id, addresses__0__in=list(called), closed_at=None)

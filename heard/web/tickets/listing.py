"""The left half of the screen: folders with their counts, and the list of tickets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.tickets.folders import MOST, PAGE, BadCursor, counts, folder, page
from heard.tickets.look import Colleague, colleagues
from heard.tickets.models import Delivery, Kind, Message, Ticket
from heard.tickets.search import search
from heard.web.faces import Face, face
from heard.web.tickets.clock import Clock, clock
from heard.web.tickets.where import ICONS, NAMES, Where
from heard.workspaces.models import Agent

COUNTS_KEPT_SECONDS = 1
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Row:
    ticket: Ticket
    name: str
    kind: str
    face: Face
    clock: Clock | None
    colleagues: Sequence[Colleague]
    unsent: bool
    assignee: Face | None

    @property
    def version(self) -> int:
        """Changes with whatever the row shows, apart from the time that passes."""
        ticket = self.ticket
        shown = (
            *(ticket.last_message_at, ticket.waiting_since, ticket.snoozed_until, ticket.state),
            *(ticket.preview, ticket.assignee_id, ticket.language, self.name, self.unsent, ticket.tags),
            [(colleague.agent.pk, colleague.writing) for colleague in self.colleagues],
        )
        return zlib.crc32(repr(shown).encode())


@dataclass(frozen=True, slots=True)
class FolderShown:
    slug: str
    name: object
    icon: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class InboxShown:
    inbox: Inbox
    count: int
    is_here: bool

    @property
    def colour(self) -> str:
        """Goes into a style sheet, so nothing but a colour may come through."""
        return self.inbox.colour if COLOUR.fullmatch(self.inbox.colour) else "#6b7280"


@dataclass(frozen=True)
class Listing:
    where: Where
    rows: Sequence[Row]
    next: str | None
    folders: Sequence[FolderShown]
    inboxes: Sequence[InboxShown]


@dataclass(frozen=True)
class Rows:
    where: Where
    rows: Sequence[Row]
    next: str | None


def listing(agent: Agent, where: Where, *, now: datetime, limit: int = PAGE, fresh: bool = False) -> Listing:
    found = rows(agent, where, now=now, limit=limit)
    waiting = _counts(agent, fresh=fresh)
    return Listing(where, found.rows, found.next, _folders(where, waiting), _inboxes(agent, where, waiting))


def rows(agent: Agent, where: Where, *, now: datetime, cursor: str = "", limit: int = PAGE) -> Rows:
    """A cursor that is not ours begins at the top again."""
    tickets: Sequence[Ticket]
    if where.words:
        tickets, following = _found(agent, where.words), None
    else:
        tickets, following = _page(agent, where, cursor, min(limit, MOST))
    return Rows(where, _rows(agent, tickets, now=now), following)


def _found(agent: Agent, words: str) -> Sequence[Ticket]:
    order = [ticket.pk for ticket in search(agent, words)]
    tickets = _with_marks(Ticket.objects.visible_to(agent).select_related("contact", "inbox", "assignee"))
    known = tickets.in_bulk(order)
    return [known[pk] for pk in order if pk in known]


def _page(agent: Agent, where: Where, cursor: str, limit: int) -> tuple[Sequence[Ticket], str | None]:
    shown = folder(where.folder)
    tickets = shown.tickets(agent)
    if where.inbox is not None:
        tickets = tickets.filter(inbox=where.inbox)
    first = partial(
        page, tickets, order=shown.order, newest_first=shown.newest_first, limit=limit, adding=_with_marks
    )
    try:
        found = first(cursor=cursor)
    except BadCursor:
        found = first()
    return found.tickets, found.next


def _with_marks(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """With the contact's picture, and whether a reply failed or may not have left."""
    stuck = Message.objects.filter(
        ticket=OuterRef("pk"), delivery__in=(Delivery.FAILED, Delivery.UNCONFIRMED)
    )
    pictures = Identity.objects.filter(contact=OuterRef("contact")).exclude(picture="")
    return tickets.annotate(unsent=Exists(stuck), picture=Subquery(pictures.values("picture")[:1]))


def _rows(agent: Agent, tickets: Sequence[Ticket], *, now: datetime) -> list[Row]:
    others: dict[int, list[Colleague]] = {}
    for colleague in colleagues([ticket.pk for ticket in tickets], besides=agent, now=now):
        others.setdefault(colleague.ticket_id, []).append(colleague)
    kinds = {kind.value: str(kind.label) for kind in Kind}
    return [_row(ticket, others.get(ticket.pk, ()), kinds[ticket.kind], now=now) for ticket in tickets]


def _row(ticket: Ticket, others: Sequence[Colleague], kind: str, *, now: datetime) -> Row:
    name, marks = ticket.contact.name, vars(ticket)
    return Row(
        ticket=ticket,
        name=name,
        kind=kind,
        face=face(name, marks["picture"] or ""),
        clock=clock(ticket.waiting_since, now=now),
        colleagues=others,
        unsent=marks["unsent"],
        assignee=face(ticket.assignee.name) if ticket.assignee else None,
    )


def _counts(agent: Agent, *, fresh: bool) -> Mapping[str, int]:
    """Kept for a second, so that a busy desk counts once for many page views. A change counts anew."""
    key = f"counts:{agent.pk}"
    kept = None if fresh else cache.get(key)
    if kept is None:
        kept = counts(agent)
        cache.set(key, kept, COUNTS_KEPT_SECONDS)
    return kept


def _folders(where: Where, waiting: Mapping[str, int]) -> list[FolderShown]:
    return [
        FolderShown(
            slug=slug,
            name=name,
            icon=ICONS[slug],
            count=waiting.get(slug),
            is_here=slug == where.folder and not where.words and where.inbox is None,
        )
        for slug, name in NAMES.items()
    ]


def _inboxes(agent: Agent, where: Where, waiting: Mapping[str, int]) -> list[InboxShown]:
    known = Inbox.objects.visible_to(agent).order_by("name", "pk")
    return [
        InboxShown(inbox, waiting.get(f"inbox:{inbox.pk}", 0), inbox.pk == where.inbox)
        for inbox in known
        if inbox.state != Inbox.State.DISCONNECTED
    ]

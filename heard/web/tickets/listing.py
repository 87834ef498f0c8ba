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
from heard.tickets.folders import MOST, PAGE, BadCursor, Waiting, folder, page
from heard.tickets.folders import waiting as count_waiting
from heard.tickets.look import Colleague, besides, present
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
            ticket.call_back_at,
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


@dataclass(frozen=True)
class Gathered:
    """What a list is made of: the same for all agents of the same sight, apart from what is theirs alone."""

    where: Where
    at: datetime
    tickets: Sequence[Ticket]
    next: str | None
    present: Sequence[Colleague]
    waiting: Waiting
    inboxes: Sequence[Inbox]

    def shown_to(self, agent: Agent) -> Listing:
        counted = self.waiting.of(agent)
        return Listing(
            self.where,
            _rows(self.tickets, besides(agent, self.present), now=self.at),
            self.next,
            _folders(self.where, counted),
            _inboxes(self.inboxes, self.where, counted),
        )

    def rows(self) -> Rows:
        """With all who are there, whoever looks."""
        return Rows(self.where, _rows(self.tickets, self.present, now=self.at), self.next)

    def rows_of(self, agent: Agent) -> Rows:
        """Only the rows in which the agent would see themselves, without them."""
        mine = {one.ticket_id for one in self.present if one.agent == agent}
        tickets = [ticket for ticket in self.tickets if ticket.pk in mine]
        return Rows(self.where, _rows(tickets, besides(agent, self.present), now=self.at), None)


def listing(agent: Agent, where: Where, *, now: datetime) -> Listing:
    return gather(agent, where, now=now, waiting=_waiting(agent)).shown_to(agent)


def gather(
    agent: Agent, where: Where, *, now: datetime, limit: int = PAGE, waiting: Waiting | None = None
) -> Gathered:
    tickets, following = _tickets(agent, where, limit=limit)
    known = Inbox.objects.visible_to(agent).exclude(state=Inbox.State.DISCONNECTED)
    return Gathered(
        where,
        now,
        tickets,
        following,
        present([ticket.pk for ticket in tickets], seen_by=agent, now=now),
        waiting or count_waiting(agent),
        list(known.order_by("name", "pk")),
    )


def rows(agent: Agent, where: Where, *, now: datetime, cursor: str = "") -> Rows:
    """A cursor that is not ours begins at the top again."""
    tickets, following = _tickets(agent, where, cursor=cursor)
    others = present([ticket.pk for ticket in tickets], seen_by=agent, now=now)
    return Rows(where, _rows(tickets, besides(agent, others), now=now), following)


def _tickets(
    agent: Agent, where: Where, *, cursor: str = "", limit: int = PAGE
) -> tuple[Sequence[Ticket], str | None]:
    if where.words:
        return _found(agent, where.words), None
    return _page(agent, where, cursor, min(limit, MOST))


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


def _rows(tickets: Sequence[Ticket], present: Sequence[Colleague], *, now: datetime) -> list[Row]:
    others: dict[int, list[Colleague]] = {}
    for colleague in present:
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


def _waiting(agent: Agent) -> Waiting:
    """Kept for a second, so that a busy desk counts once for many page views. A change counts anew."""
    key = f"waiting:{agent.sight}"
    kept: Waiting | None = cache.get(key)
    if kept is None:
        kept = count_waiting(agent)
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


def _inboxes(known: Sequence[Inbox], where: Where, waiting: Mapping[str, int]) -> list[InboxShown]:
    return [
        InboxShown(inbox, waiting.get(f"inbox:{inbox.pk}", 0), inbox.pk == where.inbox) for inbox in known
    ]

"""The left half of the screen: folders with their counts, and the list of tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery
from markupsafe import Markup

from heard.contacts.models import Identity
from heard.tickets.folders import MOST, PAGE, BadCursor, Waiting, page_of, questions_of_waiting
from heard.tickets.folders import waiting as count_waiting
from heard.tickets.look import Colleague, besides, colleagues_at, present
from heard.tickets.models import Delivery, Kind, Message, Priority, Ticket
from heard.tickets.search import search
from heard.web.faces import face
from heard.web.tickets.clock import clock
from heard.web.tickets.left import Known, Left, connected_names, known_inboxes, left
from heard.web.tickets.row import Beside, Row, html_of
from heard.web.tickets.where import Where
from heard.web.times import ago, in_words
from heard.workspaces.ahead import ahead
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Question

COUNTS_KEPT_SECONDS = 1
PRESSING = (Priority.HIGH, Priority.URGENT)


class Listed(Protocol):
    """What a row of the list is made of: plain values, for a page of models costs three times as much."""

    id: int
    number: int
    kind: str
    inbox__channel: str
    contact__name: str
    assignee__name: str | None
    language: str
    subject: str
    preview: str
    waiting_since: datetime | None
    snoozed_until: datetime | None
    call_back_at: datetime | None
    answer_at: datetime | None
    review_since: datetime | None
    follow_up_at: datetime | None
    last_message_at: datetime
    picture: str | None
    unsent: int | None
    priority: str


@dataclass(frozen=True)
class Rows:
    where: Where
    rows: Sequence[Row]
    next: str | None

    def rows_html(self, open_id: int) -> Markup:
        return html_of(self.rows, self.where.query, open_id=open_id)


@dataclass(frozen=True)
class Listing(Rows):
    left: Left


@dataclass(frozen=True)
class Gathered:
    """What a list is made of: the same for all agents of the same sight, apart from what is theirs alone."""

    where: Where
    at: datetime
    tickets: Sequence[Listed]
    next: str | None
    present: Sequence[Colleague]
    waiting: Waiting
    inboxes: Sequence[Known]

    def shown_to(self, agent: Agent) -> Listing:
        counted = self.waiting.of(agent, self.where.inboxes)
        return Listing(
            self.where,
            _rows(self.tickets, besides(agent, self.present), now=self.at),
            self.next,
            left(self.where, self.inboxes, counted),
        )

    def rows(self) -> Rows:
        """With all who are there, whoever looks."""
        return Rows(self.where, _rows(self.tickets, self.present, now=self.at), self.next)

    def is_beside(self, agent: Agent) -> bool:
        return any(one.agent_id == agent.pk for one in self.present)

    def rows_of(self, agent: Agent) -> Rows:
        """Only the rows in which the agent would see themselves, without them."""
        mine = {one.ticket_id for one in self.present if one.agent_id == agent.pk}
        tickets = [ticket for ticket in self.tickets if ticket.id in mine]
        return Rows(self.where, _rows(tickets, besides(agent, self.present), now=self.at), None)


def listing(agent: Agent, where: Where, *, now: datetime) -> Listing:
    return gather(agent, where, now=now, waiting=_waiting(agent)).shown_to(agent)


def gather(
    agent: Agent, where: Where, *, now: datetime, limit: int = PAGE, waiting: Waiting | None = None
) -> Gathered:
    tickets, following = _tickets(agent, where, limit=limit)
    with ahead(*questions(agent, now), *(() if waiting else questions_of_waiting(agent))):
        return Gathered(
            where,
            now,
            tickets,
            following,
            present(seen_by=agent, now=now),
            waiting or count_waiting(agent),
            known_inboxes(agent),
        )


def questions(agent: Agent, now: datetime) -> list[Question | None]:
    """What is shown beside the tickets, apart from the counts, which may be known."""
    return [colleagues_at.of(agent=agent, now=now), connected_names.of(agent=agent)]


def rows(agent: Agent, where: Where, *, now: datetime, cursor: str = "") -> Rows:
    """A cursor that is not ours begins at the top again."""
    tickets, following = _tickets(agent, where, cursor=cursor)
    others = present(seen_by=agent, now=now)
    return Rows(where, _rows(tickets, besides(agent, others), now=now), following)


def _tickets(
    agent: Agent, where: Where, *, cursor: str = "", limit: int = PAGE
) -> tuple[Sequence[Listed], str | None]:
    if where.words:
        return _found(agent, where.words), None
    return _page(agent, where, cursor, min(limit, MOST))


def _found(agent: Agent, words: str) -> Sequence[Listed]:
    order = search(agent, words)
    tickets = listed(Ticket.objects.visible_to(agent).filter(pk__in=order))
    known: dict[int, Listed] = {ticket.id: ticket for ticket in tickets}
    return [known[pk] for pk in order if pk in known]


def _page(agent: Agent, where: Where, cursor: str, limit: int) -> tuple[Sequence[Listed], str | None]:
    first = partial(page_of, agent, where.folder, limit=limit, inboxes=where.inboxes, reading=listed)
    try:
        found = first(cursor=cursor)
    except BadCursor:
        found = first()
    return found.tickets, found.next


def listed(tickets: QuerySet[Ticket]) -> QuerySet[Ticket, Any]:
    """With the contact's picture, and a reply that failed or may not have left."""
    stuck = Message.objects.filter(
        workspace=OuterRef("workspace"),
        ticket=OuterRef("pk"),
        delivery__in=(Delivery.FAILED, Delivery.UNCONFIRMED),
    )
    pictures = Identity.objects.filter(contact=OuterRef("contact")).exclude(picture="")
    marked = tickets.annotate(
        # Of "exists" PostgreSQL makes two plans, of a value one.
        unsent=Subquery(stuck.values("pk")[:1]),
        picture=Subquery(pictures.values("picture")[:1]),
    )
    return marked.values_list(*Listed.__annotations__, named=True)


def _rows(tickets: Sequence[Listed], present: Sequence[Colleague], *, now: datetime) -> list[Row]:
    others: dict[int, tuple[Beside, ...]] = {}
    for colleague in present:
        beside = Beside(colleague.agent_id, colleague.name, colleague.writing)
        others[colleague.ticket_id] = (*others.get(colleague.ticket_id, ()), beside)
    kinds = {kind.value: str(kind.label) for kind in Kind}
    return [_row(ticket, others.get(ticket.id, ()), kinds[ticket.kind], now=now) for ticket in tickets]


def _row(ticket: Listed, others: tuple[Beside, ...], kind: str, *, now: datetime) -> Row:
    waits = clock(ticket.waiting_since, now=now)
    return Row(
        pk=ticket.id,
        number=ticket.number,
        name=ticket.contact__name,
        face=face(ticket.contact__name, ticket.picture or ""),
        channel=ticket.inbox__channel,
        kind=ticket.kind,
        kind_name=kind,
        language=ticket.language,
        subject=ticket.subject,
        priority=ticket.priority if ticket.priority in PRESSING else "",
        preview=ticket.preview,
        clock=waits,
        ago="" if waits else ago(ticket.last_message_at, now=now, narrow=True, titled=False),
        snoozed=in_words(ticket.snoozed_until, now=now) if ticket.snoozed_until else "",
        call_back=in_words(ticket.call_back_at, now=now) if ticket.call_back_at else "",
        answer=in_words(ticket.answer_at, now=now) if ticket.answer_at else "",
        in_review=ticket.review_since is not None,
        follow_up=in_words(ticket.follow_up_at, now=now) if ticket.follow_up_at else "",
        follow_up_is_due=ticket.follow_up_at is not None and ticket.follow_up_at <= now,
        call_is_late=ticket.call_back_at is not None and ticket.call_back_at <= now,
        colleagues=others,
        unsent=ticket.unsent is not None,
        assignee=ticket.assignee__name or "",
        last_message_at=ticket.last_message_at,
    )


def _waiting(agent: Agent) -> Waiting:
    """Kept for a second, so that a busy desk counts once for many page views. A change counts anew."""
    key = f"waiting:{agent.sight}"
    kept: Waiting | None = cache.get(key)
    if kept is None:
        kept = count_waiting(agent)
        cache.set(key, kept, COUNTS_KEPT_SECONDS)
    return kept

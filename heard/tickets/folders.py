"""The folders of the inbox: what is in each, in which order, and how many wait."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from heard.many import among
from heard.tickets.models import Delivery, Message, PendingReply, State, Ticket
from heard.workspaces.ahead import ahead
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Question, prepared

PAGE = 50
MOST = 200
MOST_PENDING = 5_000
UNDER_WAY = (PendingReply.State.SCHEDULED, PendingReply.State.REVIEW)
BACK = (PendingReply.State.RETURNED, PendingReply.State.OVERTAKEN, PendingReply.State.STOPPED)
# More inboxes than this are so large a part of a folder that its own index is the way through.
SEVERAL = 16
# No row has a greater one, and PostgreSQL would refuse it.
LAST_ID = 2**63 - 1
WAITING = Q(state=State.OPEN, snoozed_until=None)


R = TypeVar("R")


class UnknownFolder(Exception):
    pass


class BadCursor(Exception):
    """The cursor is not one that we gave out."""


@dataclass(frozen=True)
class Folder:
    """A named part of the tickets. `order` is the field that its index is sorted by.

    `by_reply` are the few that a reply of theirs puts there: no index of tickets leads to them.
    """

    slug: str
    order: str
    newest_first: bool = False
    by_reply: bool = False

    def tickets(self, agent: Agent) -> QuerySet[Ticket]:
        return Ticket.objects.visible_to(agent).filter(_inside(self.slug, agent))


FOLDERS = {
    folder.slug: folder
    for folder in (
        Folder("waiting", "waiting_since"),
        Folder("mine", "waiting_since"),
        Folder("unassigned", "waiting_since"),
        Folder("snoozed", "snoozed_until"),
        Folder("scheduled", "answer_at"),
        Folder("to-review", "review_since", by_reply=True),
        Folder("came-back", "last_message_at", newest_first=True, by_reply=True),
        Folder("follow-ups", "follow_up_at"),
        Folder("call-backs", "call_back_at"),
        Folder("unsent", "last_message_at", newest_first=True, by_reply=True),
        Folder("answered", "last_message_at", newest_first=True),
        Folder("resolved", "last_message_at", newest_first=True),
        Folder("all", "last_message_at", newest_first=True),
    )
}


def _inside(slug: str, agent: Agent) -> Q:
    match slug:
        case "waiting":
            return WAITING
        case "mine":
            return WAITING & Q(assignee=agent)
        case "unassigned":
            return WAITING & Q(assignee=None)
        case "snoozed":
            return Q(snoozed_until__isnull=False)
        case "scheduled":
            return Q(answer_at__isnull=False)
        case "to-review":
            return Q(review_since__isnull=False, pk__in=_to_review(agent).values("ticket"))
        case "came-back":
            return Q(pk__in=_came_back(agent).filter(agent=agent).values("ticket"))
        case "follow-ups":
            return Q(follow_up_at__isnull=False)
        case "call-backs":
            return Q(call_back_at__isnull=False)
        case "answered" | "resolved":
            return Q(state=slug)
        case "unsent":
            return Q(among("id", ArraySubquery(_unsent(agent))))
        case _:
            return Q()


def _unsent(agent: Agent) -> QuerySet[Message, int]:
    """Replies that failed or may have been sent, as far as nothing has been said to the contact since.

    A failed one is done with when its ticket is resolved: failing had made its messages wait again.
    """
    stuck = Message.objects.visible_to(agent).filter(delivery__in=(Delivery.FAILED, Delivery.UNCONFIRMED))
    by_heard = Q(automatic=True, agent=None)
    said_since = Message.objects.filter(
        ~by_heard, ticket=OuterRef("ticket"), direction=Message.Direction.OUT, pk__gt=OuterRef("pk")
    ).exclude(delivery__in=(Delivery.FAILED, Delivery.UNCONFIRMED, Delivery.CANCELLED))
    running = Ticket.objects.filter(pk=OuterRef("ticket")).exclude(state=State.RESOLVED)
    matters = Q(delivery=Delivery.UNCONFIRMED) | Exists(running)
    return (
        stuck.filter(matters)
        .exclude(by_heard)
        .exclude(Exists(said_since))
        .values_list("ticket_id", flat=True)
    )


def _in_review(agent: Agent) -> QuerySet[PendingReply]:
    return PendingReply.objects.visible_to(agent).filter(state=PendingReply.State.REVIEW)


def _to_review(agent: Agent) -> QuerySet[PendingReply]:
    """Of others, for this agent or for whoever comes first."""
    asked = Q(reviewer=agent) | Q(reviewer=None)
    return _in_review(agent).filter(asked).exclude(agent=agent)


def _came_back(agent: Agent) -> QuerySet[PendingReply]:
    """Replies that did not go out, and whose authors have done nothing since."""
    return PendingReply.objects.visible_to(agent).filter(state__in=BACK, noticed_at=None)


def folder(slug: str) -> Folder:
    try:
        return FOLDERS[slug]
    except KeyError as error:
        raise UnknownFolder(slug) from error


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some tickets in the folder's order. `next` leads to those after them."""

    tickets: Sequence[R]
    next: str | None


def with_names(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return tickets.select_related("contact", "inbox", "assignee")


def placed(
    tickets: QuerySet[Ticket],
    *,
    order: str,
    newest_first: bool,
    limit: int,
    at: datetime | None = None,
    last: int | None = None,
    inboxes: Sequence[int] = (),
    by_reply: bool = False,
) -> QuerySet[Ticket]:
    """The first `limit` of them in order, after the row of that time and id, without their annotations.

    By the key of the last row seen, never by counting: the thousandth page costs what the first does.
    """
    sign, step = ("-", "lt") if newest_first else ("", "gt")
    ordered = _from(tickets.order_by(f"{sign}{order}", f"{sign}id"), order, step, at, last)
    keys = _keys(ordered, inboxes, limit, merges=not by_reply)
    # The ids first, by the folder's index alone, and nothing but them outside. PostgreSQL thinks that few
    # tickets are both open and waiting: told so again it would read the whole folder, and then sort.
    return Ticket.objects.filter(among("id", keys)).order_by(*ordered.query.order_by)


class Merged(ArraySubquery):
    """The ids alone of rows that also have what they are ordered by: read from the indexes, no ticket touched."""

    template = "ARRAY(SELECT merged.id FROM (%(subquery)s) AS merged)"


def _keys(ordered: QuerySet[Ticket], inboxes: Sequence[int], limit: int, *, merges: bool) -> ArraySubquery:
    """The first ids. Of several inboxes: the first of each, and of those the first.

    No index can be read in order of time for several inboxes at once, but for each of them it can.
    """
    if not merges or not 1 < len(inboxes) <= SEVERAL:
        asked = ordered.filter(inbox__in=inboxes) if inboxes else ordered
        return ArraySubquery(asked.values("pk")[:limit])
    columns = [str(name).lstrip("-") for name in ordered.query.order_by]
    first, *others = (ordered.filter(inbox=inbox).values(*columns)[:limit] for inbox in inboxes)
    return Merged(first.union(*others, all=True).order_by(*ordered.query.order_by)[:limit])


def _from(
    rows: QuerySet[Ticket], order: str, step: str, at: datetime | None, last: int | None
) -> QuerySet[Ticket]:
    if at is None:
        return rows
    # As one row: then PostgreSQL begins at this place of the index. Of "later, or as late and with a higher number" it
    # reads all that is later, and sorts it.
    behind = TupleGreaterThan if step == "gt" else TupleLessThan
    return rows.filter(behind(Tuple(F(order), F("id")), (at, last)))


def page_of(
    agent: Agent,
    slug: str,
    *,
    inboxes: Sequence[int] = (),
    cursor: str = "",
    limit: int = PAGE,
    reading: Callable[[QuerySet[Ticket]], QuerySet[Ticket, Any]] = with_names,
) -> Page[Any]:
    """Only those of these inboxes, if any are named. `reading` says what is read of each row, its id and
    what it is ordered by among it. Raises UnknownFolder or BadCursor."""
    where = folder(slug)
    at, last = opened_cursor(cursor) if cursor else (None, None)
    shape = (where, reading, rounded(limit) + 1)
    chosen = tuple(inboxes)
    if len(chosen) <= SEVERAL:
        found = _rows(*shape, agent=agent, inboxes=chosen, at=at, last=last)
    else:
        found = list(_asked(*shape, agent=agent, inboxes=chosen, at=at, last=last))
    following = (
        sealed(getattr(found[limit - 1], where.order), found[limit - 1].id) if len(found) > limit else None
    )
    return Page(found[:limit], following)


def _asked(
    where: Folder,
    reading: Callable[[QuerySet[Ticket]], QuerySet[Ticket, Any]],
    most: int,
    *,
    agent: Agent,
    inboxes: Sequence[int],
    at: datetime | None,
    last: int | None,
) -> QuerySet[Ticket, Any]:
    rows = placed(
        where.tickets(agent),
        order=where.order,
        newest_first=where.newest_first,
        limit=most,
        at=at,
        last=last,
        inboxes=inboxes,
        by_reply=where.by_reply,
    )
    return reading(rows)


_rows = prepared(_asked)


def rounded(limit: int) -> int:
    """To whole pages, so that there are few different questions."""
    return -(-limit // PAGE) * PAGE


# The folders that are counted by inbox, and whether only what is due.
COUNTED = (("snoozed", False), ("unsent", False), ("call-backs", False), ("follow-ups", True))


@dataclass(frozen=True)
class Waiting:
    """How many wait, counted once for all agents of the same sight."""

    tickets: Sequence[tuple[int, int | None, int]]  # inbox, assignee, how many
    snoozed: Sequence[tuple[int, int]]  # inbox, how many
    unsent: Sequence[tuple[int, int]]
    call_backs: Sequence[tuple[int, int]] = ()
    follow_ups: Sequence[tuple[int, int]] = ()
    # inbox, ticket, author, reviewer, state of each that waits or came back
    pending: Sequence[tuple[int, int, int, int | None, str]] = ()

    def of(self, agent: Agent, inboxes: Sequence[int] = ()) -> dict[str, int]:
        """By folder (of these inboxes, if any are named) and by inbox (`inbox:7`), as this agent sees them."""
        found = dict.fromkeys(("waiting", "mine", "unassigned"), 0)
        for inbox, assignee, count in self.tickets:
            found[f"inbox:{inbox}"] = found.get(f"inbox:{inbox}", 0) + count
            if inboxes and inbox not in inboxes:
                continue
            found["waiting"] += count
            found["mine"] += count if assignee == agent.pk else 0
            found["unassigned"] += count if assignee is None else 0
        counts = {
            "snoozed": self.snoozed,
            "unsent": self.unsent,
            "call-backs": self.call_backs,
            "follow-ups": self.follow_ups,
        }
        for slug, counted in counts.items():
            found[slug] = sum(count for inbox, count in counted if not inboxes or inbox in inboxes)
        found |= self._pending(agent, inboxes)
        return found

    def _pending(self, agent: Agent, inboxes: Sequence[int]) -> dict[str, int]:
        tickets: dict[str, set[int]] = {"scheduled": set(), "to-review": set(), "came-back": set()}
        for inbox, ticket, author, reviewer, state in self.pending:
            if inboxes and inbox not in inboxes:
                continue
            if state == PendingReply.State.SCHEDULED:
                tickets["scheduled"].add(ticket)
            elif state == PendingReply.State.REVIEW:
                if author != agent.pk and reviewer in (None, agent.pk):
                    tickets["to-review"].add(ticket)
            elif author == agent.pk:
                tickets["came-back"].add(ticket)
        return {slug: len(found) for slug, found in tickets.items()}


def waiting(agent: Agent) -> Waiting:
    """In one statement, over partial indexes."""
    with ahead(*questions_of_waiting(agent)):
        snoozed, unsent, call_backs, follow_ups = (
            _by_inbox(slug, only_due, agent=agent) for slug, only_due in COUNTED
        )
        return Waiting(_waiting(agent=agent), snoozed, unsent, call_backs, follow_ups, _pending(agent=agent))


def questions_of_waiting(agent: Agent) -> list[Question | None]:
    counted = (_by_inbox.of(slug, only_due, agent=agent) for slug, only_due in COUNTED)
    return [_waiting.of(agent=agent), *counted, _pending.of(agent=agent)]


@prepared
def _waiting(*, agent: Agent) -> QuerySet[Ticket, tuple[int, int | None, int]]:
    open_ = Ticket.objects.visible_to(agent).filter(WAITING)
    return open_.values_list("inbox", "assignee").annotate(count=Count("pk")).order_by()


@prepared
def _by_inbox(slug: str, only_due: bool, *, agent: Agent) -> QuerySet[Ticket, tuple[int, int]]:
    tickets = FOLDERS[slug].tickets(agent)
    wanted = tickets.filter(follow_up_due=True) if only_due else tickets
    return wanted.values_list("inbox").annotate(count=Count("pk")).order_by()


@prepared
def _pending(*, agent: Agent) -> QuerySet[PendingReply, tuple[int, int, int, int | None, str]]:
    under_way = PendingReply.objects.visible_to(agent).filter(
        Q(state__in=UNDER_WAY) | Q(state__in=BACK, noticed_at=None)
    )
    return under_way.values_list("ticket__inbox", "ticket", "agent", "reviewer", "state")[:MOST_PENDING]


def counts(agent: Agent) -> dict[str, int]:
    return waiting(agent).of(agent)


def sealed(at: datetime, pk: int) -> str:
    """The cursor that leads on from this row."""
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), pk]).encode()).decode().rstrip("=")


def opened_cursor(cursor: str) -> tuple[datetime, int]:
    """Raises BadCursor."""
    try:
        at, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(at).astimezone(UTC), max(-LAST_ID, min(int(pk), LAST_ID))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadCursor(cursor) from error

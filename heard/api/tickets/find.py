"""`GET /tickets`: which ones, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from pydantic import Field

from heard.api.answers import answer, reads
from heard.api.asking import LONGEST_PAGE, TEXT, ApiRequest, AskedFor, Cursor, Id, Limit
from heard.api.problems import BAD_CURSOR, Problem
from heard.api.routes import Query, Router
from heard.api.tickets.shape import Row, Tickets, rows_of, ticket_shape
from heard.tickets.folders import FOLDERS, SEVERAL, Folder, opened_cursor, placed, rounded, sealed
from heard.tickets.models import State, Ticket
from heard.tickets.search import search
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

router = Router(tags=["Tickets"])

OPEN = Folder("all", "waiting_since")


class Wanted(AskedFor):
    folder: Annotated[
        Literal[
            "waiting",
            "mine",
            "unassigned",
            "snoozed",
            "to-review",
            "came-back",
            "scheduled",
            "follow-ups",
            "call-backs",
            "unsent",
            "answered",
            "resolved",
            "all",
        ]
        | None,
        Field(description="A folder of the agent's screen. `waiting` leaves out what is snoozed."),
    ] = None
    state: State | None = None
    inbox: Annotated[
        list[Id],
        Field(
            default_factory=list,
            max_length=LONGEST_PAGE,
            description="Given several times: those of any of them.",
        ),
    ]
    assignee: Annotated[
        str | None, Field(pattern=r"^(me|none|[1-9][0-9]{0,17})$", description="`me`, `none` or an id.")
    ] = None
    tag: Annotated[str | None, Field(max_length=40, pattern=TEXT)] = None
    product: Annotated[
        str | None, Field(max_length=40, pattern=TEXT, description="Code of the product that it is about.")
    ] = None
    q: Annotated[
        str | None,
        Field(max_length=200, pattern=TEXT, description="Words, a number or a name. Newest first, one page."),
    ] = None
    cursor: Cursor | None = None
    limit: Limit = 50


@router.get("", response=reads(Tickets, 400), summary="Find tickets")
def tickets(request: ApiRequest, wanted: Query[Wanted]) -> HttpResponse:
    """What waits comes in the order in which it waits, everything else newest first."""
    rows, following = (_found if wanted.q else _listed)(wanted, request.agent)
    shown: Tickets = {"items": [ticket_shape(row, request.agent) for row in rows], "next": following}
    return answer(shown)


def _listed(wanted: Wanted, agent: Agent) -> tuple[Sequence[Row], str | None]:
    where, limit = _where(wanted), wanted.limit
    at, last = opened_cursor(wanted.cursor) if wanted.cursor else (None, None)
    inboxes = tuple(sorted(set(wanted.inbox)))
    # Whatever takes any number of forms is worded anew each time.
    often = not wanted.tag and not wanted.product and len(inboxes) <= SEVERAL
    found = (_rows if often else _some)(
        where,
        rounded(limit) + 1,
        wanted.state,
        wanted.assignee == "none",
        wanted.tag,
        wanted.product,
        agent=agent,
        assignee=_assignee(wanted, agent),
        inboxes=inboxes,
        at=at,
        last=last,
    )
    if len(found) <= limit:
        return found, None
    return found[:limit], sealed(getattr(found[limit - 1], where.order), found[limit - 1].id)


def _asked(
    where: Folder,
    most: int,
    state: State | None,
    of_nobody: bool,
    tag: str | None,
    product: str | None,
    *,
    agent: Agent,
    assignee: int | None,
    inboxes: Sequence[int],
    at: datetime | None,
    last: int | None,
) -> QuerySet[Ticket, Row]:
    rows = placed(
        where.tickets(agent).filter(_narrowed(state, of_nobody, assignee, tag, product)),
        order=where.order,
        newest_first=where.newest_first,
        limit=most,
        at=at,
        last=last,
        inboxes=inboxes,
    )
    return rows_of(rows)


_rows = prepared(_asked)


def _some(*shape: Any, **values: Any) -> list[Row]:
    return list(_asked(*shape, **values))


def _found(wanted: Wanted, agent: Agent) -> tuple[Sequence[Row], None]:
    """Search has its own order and one page of it."""
    if wanted.cursor:
        raise Problem(BAD_CURSOR)
    hits = search(agent, wanted.q or "", limit=LONGEST_PAGE)
    assignee = _assignee(wanted, agent)
    asked = _narrowed(wanted.state, wanted.assignee == "none", assignee, wanted.tag, wanted.product)
    tickets = _where(wanted).tickets(agent).filter(asked, pk__in=hits)
    if wanted.inbox:
        tickets = tickets.filter(inbox__in=wanted.inbox)
    by_id = {row.id: row for row in rows_of(tickets)}
    return [by_id[pk] for pk in hits if pk in by_id][: wanted.limit], None


def _where(wanted: Wanted) -> Folder:
    if wanted.folder:
        return FOLDERS[wanted.folder]
    return OPEN if wanted.state == State.OPEN else FOLDERS["all"]


def _narrowed(
    state: State | None, of_nobody: bool, assignee: int | None, tag: str | None, product: str | None
) -> Q:
    asked = Q()
    if state:
        asked &= Q(state=state)
    if tag:
        # "Bears any" is what the index of tags covers, and PostgreSQL does not see it for itself.
        asked &= ~Q(tags=[]) & Q(tags__contains=[" ".join(tag.split()).lower()])
    if product:
        asked &= Q(product__code=product)
    if of_nobody or assignee is not None:
        asked &= Q(assignee=assignee)
    return asked


def _assignee(wanted: Wanted, agent: Agent) -> int | None:
    if wanted.assignee in (None, "none"):
        return None
    return agent.pk if wanted.assignee == "me" else int(wanted.assignee or 0)

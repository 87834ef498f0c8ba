"""`GET /tickets`: which ones, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from django.db.models import Q
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from heard.api.answers import answer, reads
from heard.api.asking import LONGEST_PAGE, TEXT, ApiRequest, AskedFor, Cursor, Id, Limit
from heard.api.problems import BAD_CURSOR, Problem
from heard.api.tickets.shape import Row, Tickets, rows_of, ticket_shape
from heard.tickets.folders import FOLDERS, Folder, placed, sealed
from heard.tickets.models import State
from heard.tickets.search import search
from heard.workspaces.models import Agent

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
    where = _where(wanted)
    tickets = where.tickets(agent).filter(_asked(wanted, agent))
    rows = placed(
        tickets,
        order=where.order,
        newest_first=where.newest_first,
        limit=wanted.limit + 1,
        cursor=wanted.cursor or "",
        inboxes=sorted(set(wanted.inbox)),
    )
    found = list(rows_of(rows))
    if len(found) <= wanted.limit:
        return found, None
    last = found[wanted.limit - 1]
    return found[: wanted.limit], sealed(getattr(last, where.order), last.id)


def _found(wanted: Wanted, agent: Agent) -> tuple[Sequence[Row], None]:
    """Search has its own order and one page of it."""
    if wanted.cursor:
        raise Problem(BAD_CURSOR)
    hits = [ticket.pk for ticket in search(agent, wanted.q or "", limit=LONGEST_PAGE)]
    tickets = _where(wanted).tickets(agent).filter(_asked(wanted, agent), pk__in=hits)
    if wanted.inbox:
        tickets = tickets.filter(inbox__in=wanted.inbox)
    by_id = {row.id: row for row in rows_of(tickets)}
    return [by_id[pk] for pk in hits if pk in by_id][: wanted.limit], None


def _where(wanted: Wanted) -> Folder:
    if wanted.folder:
        return FOLDERS[wanted.folder]
    return OPEN if wanted.state == State.OPEN else FOLDERS["all"]


def _asked(wanted: Wanted, agent: Agent) -> Q:
    asked = Q()
    if wanted.state:
        asked &= Q(state=wanted.state)
    if wanted.tag:
        # "Bears any" is what the index of tags covers, and PostgreSQL does not see it for itself.
        asked &= ~Q(tags=[]) & Q(tags__contains=[" ".join(wanted.tag.split()).lower()])
    if wanted.product:
        asked &= Q(product__code=wanted.product, product__workspace=agent.workspace_id)
    if wanted.assignee:
        asked &= Q(assignee=_assignee(wanted.assignee, agent))
    return asked


def _assignee(named: str, agent: Agent) -> int | None:
    return {"me": agent.pk, "none": None}[named] if named in ("me", "none") else int(named)

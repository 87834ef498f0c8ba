"""What an inbox listens for in public: list, add, remove."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, Id, Nothing
from heard.api.found import inbox_of_admin
from heard.api.problems import CONFLICT, Problem, wrong
from heard.api.routes import Router
from heard.inboxes.models import Inbox
from heard.ingest import models
from heard.ingest.queries import MOST_QUERIES, BadQuery, add_query, can_listen, remove_query

router = Router(tags=["Inboxes"])

LONGEST_NAME: Final = 80
LONGEST: Final = 2000


class ListenQuery(TypedDict):
    id: int
    name: str
    text: Annotated[str, Field(description="In the network's own language of searches.")]
    refused: Annotated[str, Field(description="What the network said against it; empty if nothing.")]
    looked_at: datetime | None
    created_at: datetime


class ListenQueries(TypedDict):
    items: list[ListenQuery]
    next: str | None


class NewQuery(Asked):
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=TEXT)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=TEXT)]


@router.get(
    "/{int:inbox_id}/queries", response=reads(ListenQueries, 403, 404), summary="What an inbox listens for"
)
def queries(request: ApiRequest, inbox_id: Id) -> HttpResponse:
    """In one page. For admins."""
    inbox = inbox_of_admin(request, inbox_id)
    rows = inbox.queries.select_related("look").order_by("name", "pk")
    listed: ListenQueries = {"items": [_shape(row) for row in rows], "next": None}
    return answer(listed)


@router.post("/{int:inbox_id}/queries", response=writes(ListenQuery, 403, 404, status=201))
def listen_for(request: ApiRequest, inbox_id: Id, body: NewQuery) -> HttpResponse:
    """What matches and is said from now on comes in. For admins; where the network takes money, it costs."""
    inbox = _listening(inbox_of_admin(request, inbox_id))
    try:
        query = add_query(inbox, name=body.name, text=body.text, by=request.agent, now=timezone.now())
    except BadQuery as bad:
        raise _refusal(bad) from bad
    return answer(_shape(query), 201)


@router.post("/{int:inbox_id}/queries/{int:query_id}/remove", response=writes(ListenQuery, 403, 404))
def stop_listening_for(
    request: ApiRequest, inbox_id: Id, query_id: Id, body: Nothing | None = None
) -> HttpResponse:
    """What it found stays. For admins."""
    inbox = inbox_of_admin(request, inbox_id)
    query = get_object_or_404(inbox.queries.select_related("look"), pk=query_id)
    shown = _shape(query)
    remove_query(query, by=request.agent, now=timezone.now())
    return answer(shown)


def _listening(inbox: Inbox) -> Inbox:
    if not can_listen(inbox):
        raise Problem(CONFLICT, _("This network does not let us listen."), {"code": "cannot_listen"})
    return inbox


def _refusal(bad: BadQuery) -> Problem:
    if bad.code == "too_many":
        words = _("An inbox listens for %(count)s things at the most.") % {"count": MOST_QUERIES}
        return Problem(CONFLICT, words, {"code": bad.code})
    if bad.code == "there":
        return Problem(CONFLICT, _("Heard listens for this already."), {"code": bad.code})
    return wrong("body.text", bad.code, _("Say what to listen for."))


def _shape(row: models.ListenQuery) -> ListenQuery:
    look: models.Look | None = getattr(row, "look", None)
    return {
        "id": row.pk,
        "name": row.name,
        "text": row.text,
        "refused": row.refused,
        "looked_at": look.looked_at if look else None,
        "created_at": row.created_at,
    }

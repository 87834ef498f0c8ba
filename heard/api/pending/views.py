"""Replies that wait for their time or for a colleague: list them, take one back, approve it, return it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Cursor, Id, Limit, Line, Nothing
from heard.api.numbered import id_in, next_id
from heard.api.pending.shape import Pending, PendingReplies, PendingState, pending_shape, shown
from heard.api.routes import Query, Router
from heard.tickets.models import PendingReply
from heard.tickets.pending import review as reviewing
from heard.tickets.pending.come_back import take_back
from heard.workspaces.models import Agent

router = Router(tags=["Pending replies"])


class PendingAsked(AskedFor):
    state: PendingState | None = None
    ticket: Annotated[Id | None, Field(description="Its number.")] = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Approve(Asked):
    text: Annotated[
        str | None, Field(max_length=20_000, pattern=TEXT, description="What it says instead.")
    ] = None
    override: Annotated[
        list[Line],
        Field(max_length=50, description="Codes of findings that you take responsibility for."),
    ] = []  # noqa: RUF012  pydantic copies it


class Return(Asked):
    comment: Annotated[str, Field(max_length=5_000, pattern=TEXT, description="What to change.")]


@router.get("", response=reads(PendingReplies, 400), summary="Pending replies")
def pending_replies(request: ApiRequest, asked: Query[PendingAsked]) -> HttpResponse:
    """Newest first, with those that left or came back."""
    rows = shown(PendingReply.objects.visible_to(request.agent)).order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=id_in(asked.cursor))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.ticket:
        rows = rows.filter(ticket__number=asked.ticket)
    found = list(rows[: asked.limit + 1])
    listed: PendingReplies = {
        "items": [pending_shape(row) for row in found[: asked.limit]],
        "next": next_id(found, asked.limit),
    }
    return answer(listed)


@router.get("/{int:pending_id}", response=reads(Pending, 404), summary="One pending reply")
def one_pending(request: ApiRequest, pending_id: Id) -> HttpResponse:
    return answer_pending(request.agent, pending_id)


@router.post("/{int:pending_id}/take-back", response=writes(Pending, 404), summary="Do not send it")
def take_pending_back(request: ApiRequest, pending_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Its text is its author's draft again."""
    take_back(_found(request.agent, pending_id), by=request.agent, now=timezone.now())
    return answer_pending(request.agent, pending_id)


@router.post("/{int:pending_id}/approve", response=writes(Pending, 404), summary="Let it out")
def approve_pending(request: ApiRequest, pending_id: Id, body: Approve | None = None) -> HttpResponse:
    """It leaves as its author's, now or at its time. It passes the gate first: 422 tells what the gate found."""
    body = body or Approve()
    found = _found(request.agent, pending_id)
    reviewing.approve(found, by=request.agent, now=timezone.now(), text=body.text, overrides=body.override)
    return answer_pending(request.agent, pending_id)


@router.post("/{int:pending_id}/return", response=writes(Pending, 404), summary="Return it with a comment")
def return_pending(request: ApiRequest, pending_id: Id, body: Return) -> HttpResponse:
    found = _found(request.agent, pending_id)
    reviewing.return_to_author(found, comment=body.comment, by=request.agent, now=timezone.now())
    return answer_pending(request.agent, pending_id)


def answer_pending(agent: Agent, pk: int, *, status: int = 200) -> HttpResponse:
    """As it is now."""
    return answer(pending_shape(_found(agent, pk)), status)


def _found(agent: Agent, pk: int) -> PendingReply:
    return get_object_or_404(shown(PendingReply.objects.visible_to(agent)), pk=pk)

"""Planned posts: list them, write one, put it into the schedule, approve it, cancel it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Cursor, Id, Limit, Line, Nothing
from heard.api.moments import Moment
from heard.api.numbered import id_in, next_id
from heard.api.posts.shape import PlannedPost, PlannedPosts, PostState, post_shape
from heard.api.routes import Query, Router
from heard.inboxes.models import Inbox
from heard.publishing import approve as approving
from heard.publishing import cancel as cancelling
from heard.publishing import models
from heard.publishing import schedule as scheduling
from heard.publishing import write as writing
from heard.publishing.compose import Composed, compose
from heard.publishing.queries import plans
from heard.workspaces.models import Agent

router = Router(tags=["Posts"])

Text = Annotated[str, Field(max_length=writing.LONGEST, pattern=TEXT)]


class PostTarget(Asked):
    """One of our accounts, and what it says instead of the common text."""

    inbox: Id
    text: Text = ""


class NewPost(Asked):
    text: Text
    targets: Annotated[list[PostTarget], Field(max_length=100)] = []  # noqa: RUF012  pydantic copies it
    pictures: Annotated[
        list[Id], Field(max_length=10, description="Ids of what you have uploaded, in their order.")
    ] = []  # noqa: RUF012


class Schedule(Asked):
    at: Annotated[Moment | None, Field(description="Null: now, or as soon as it is approved.")] = None
    override: Annotated[
        list[Line], Field(max_length=50, description="Codes of findings that you take responsibility for.")
    ] = []  # noqa: RUF012
    heed_warnings: Annotated[
        bool, Field(description="Findings of the weight `warn` stop it, too, as they stop a person at first.")
    ] = False


class SendBack(Asked):
    reason: Line


class PostsAsked(AskedFor):
    state: PostState | None = None
    inbox: Id | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


@router.get("", response=reads(PlannedPosts, 400), summary="Planned and published posts")
def posts(request: ApiRequest, asked: Query[PostsAsked]) -> HttpResponse:
    """Newest first."""
    rows = plans(request.agent).order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=id_in(asked.cursor))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.inbox:
        rows = rows.filter(publications__inbox=asked.inbox)
    found = list(rows[: asked.limit + 1])
    listed: PlannedPosts = {
        "items": [post_shape(row) for row in found[: asked.limit]],
        "next": next_id(found, asked.limit),
    }
    return answer(listed)


@router.post("", response=writes(PlannedPost, status=201), summary="Write a post")
def write_post(request: ApiRequest, body: NewPost) -> HttpResponse:
    """A draft. Nothing goes out by writing it."""
    known = Inbox.objects.visible_to(request.agent).in_bulk([one.inbox for one in body.targets])
    if len(known) != len({one.inbox for one in body.targets}):
        raise writing.BadTarget
    composed = Composed(
        text=body.text,
        targets=[writing.Target(known[one.inbox], one.text) for one in body.targets],
        uploads=body.pictures,
    )
    plan = compose(None, composed, by=request.agent, now=timezone.now())
    return _shown(request.agent, plan.pk, 201)


@router.get("/{int:plan_id}", response=reads(PlannedPost, 404), summary="One post")
def one_post(request: ApiRequest, plan_id: Id) -> HttpResponse:
    return _shown(request.agent, plan_id)


@router.post("/{int:plan_id}/schedule", response=writes(PlannedPost, 404))
def schedule_post(request: ApiRequest, plan_id: Id, body: Schedule | None = None) -> HttpResponse:
    """Publish it now or at a time. Where a second person has to approve it, it waits for them."""
    plan, body = _plan(request.agent, plan_id), body or Schedule()
    scheduling.schedule(
        plan,
        at=body.at,
        by=request.agent,
        now=timezone.now(),
        overrides=body.override,
        warned=not body.heed_warnings,
    )
    return _shown(request.agent, plan_id)


@router.post("/{int:plan_id}/approve", response=writes(PlannedPost, 404))
def approve_post(request: ApiRequest, plan_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Let it out. Whoever changed it last cannot."""
    approving.approve(_plan(request.agent, plan_id), by=request.agent, now=timezone.now())
    return _shown(request.agent, plan_id)


@router.post("/{int:plan_id}/send-back", response=writes(PlannedPost, 404))
def send_back_post(request: ApiRequest, plan_id: Id, body: SendBack) -> HttpResponse:
    """Not like this: a draft again, with the reason."""
    plan = _plan(request.agent, plan_id)
    approving.send_back(plan, reason=body.reason, by=request.agent, now=timezone.now())
    return _shown(request.agent, plan_id)


@router.post("/{int:plan_id}/cancel", response=writes(PlannedPost, 404))
def cancel_post(request: ApiRequest, plan_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Everything of it that has not left yet."""
    cancelling.cancel(_plan(request.agent, plan_id), by=request.agent, now=timezone.now())
    return _shown(request.agent, plan_id)


def _plan(agent: Agent, plan_id: int) -> models.PlannedPost:
    plan: models.PlannedPost = get_object_or_404(plans(agent), pk=plan_id)
    return plan


def _shown(agent: Agent, plan_id: int, status: int = 200) -> HttpResponse:
    return answer(post_shape(_plan(agent, plan_id)), status)

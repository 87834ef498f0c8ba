"""A planned post as programs see it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from heard.api.people import AgentName, agent_name
from heard.publishing import models

State, Part = models.PlannedPost.State, models.Publication.State
# Spelt out, since `State` is the name of a ticket's in the description of the API.
PostState = Annotated[models.PlannedPost.State, WithJsonSchema({"type": "string", "enum": State.values})]
PartState = Annotated[models.Publication.State, WithJsonSchema({"type": "string", "enum": Part.values})]


class Publication(TypedDict):
    """The post at one account."""

    id: int
    inbox: int
    text: Annotated[str, Field(description="What is said here.")]
    state: PartState
    problem: str
    reason: str
    external_id: Annotated[str, Field(description="The network's id of it, once we know it.")]
    permalink: str
    published_at: datetime | None


class PlannedPicture(TypedDict):
    id: int
    name: str
    content_type: str
    width: int
    height: int
    alt: str


class PlannedPost(TypedDict):
    id: int
    text: str
    state: PostState
    due_at: Annotated[datetime | None, Field(description="Null: as soon as may be.")]
    writer: AgentName | None
    changed_by: Annotated[AgentName | None, Field(description="Who cannot approve it.")]
    approved_by: AgentName | None
    approved_at: datetime | None
    sent_back: Annotated[str, Field(description="Why it was not approved.")]
    publications: list[Publication]
    pictures: list[PlannedPicture]
    created_at: datetime
    changed_at: datetime


class PlannedPosts(TypedDict):
    items: list[PlannedPost]
    next: str | None


def post_shape(plan: models.PlannedPost) -> PlannedPost:
    return {
        "id": plan.pk,
        "text": plan.text,
        "state": State(plan.state),
        "due_at": plan.due_at,
        "writer": agent_name(plan.writer),
        "changed_by": agent_name(plan.changed_by),
        "approved_by": agent_name(plan.approved_by),
        "approved_at": plan.approved_at,
        "sent_back": plan.sent_back,
        "publications": [_publication(plan, one) for one in plan.publications.all()],
        "pictures": [_picture(one) for one in plan.pictures.all()],
        "created_at": plan.created_at,
        "changed_at": plan.changed_at,
    }


def _publication(plan: models.PlannedPost, row: models.Publication) -> Publication:
    return {
        "id": row.pk,
        "inbox": row.inbox_id,
        "text": row.own_text or plan.text,
        "state": Part(row.state),
        "problem": row.problem,
        "reason": row.reason,
        "external_id": row.post.external_id if row.post else "",
        "permalink": row.permalink,
        "published_at": row.published_at,
    }


def _picture(row: models.PlannedPicture) -> PlannedPicture:
    return {
        "id": row.pk,
        "name": row.name,
        "content_type": row.content_type,
        "width": row.width,
        "height": row.height,
        "alt": row.alt,
    }

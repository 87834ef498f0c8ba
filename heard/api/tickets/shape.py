"""A ticket as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.people import AgentName, ContactName, Team
from heard.env import env
from heard.inboxes import models as inboxes
from heard.tickets import models
from heard.tickets.models import Kind, Priority, Resolution, State
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_link
from heard.workspaces.models import Agent


class InboxName(TypedDict):
    id: int
    name: str
    channel: str


class Post(TypedDict):
    """The public thing that comments hang on."""

    id: int
    text: str
    author: str
    permalink: str
    picture_url: str
    at: datetime | None
    advert: bool
    removed_at: datetime | None


class Ticket(TypedDict):
    number: int
    public_number: Annotated[str, Field(description="The number as contacts may know it.")]
    status_link: Annotated[
        str, Field(description="Where this contact sees how it stands. It is its own proof: for them alone.")
    ]
    url: Annotated[str, Field(description="The ticket on the agent's screen.")]
    state: State
    kind: Kind
    inbox: InboxName
    contact: ContactName
    preview: Annotated[str, Field(description="Text of the newest incoming message.")]
    waiting_since: Annotated[datetime | None, Field(description="Of the oldest open incoming message.")]
    snoozed_until: datetime | None
    call_back_at: Annotated[datetime | None, Field(description="The first telephone call that we owe.")]
    answer_at: Annotated[datetime | None, Field(description="When the next scheduled answer goes out.")]
    review_since: Annotated[datetime | None, Field(description="Since an answer waits to be looked over.")]
    follow_up_at: Annotated[datetime | None, Field(description="When somebody wants to look after it.")]
    assignee: AgentName | None
    team: Team | None
    tags: list[str]
    product: Annotated[str | None, Field(description="Code of the product that it is about.")]
    priority: Priority
    language: str
    post: Post | None
    resolution: Resolution | None
    resolution_note: str
    resolved_at: datetime | None
    last_message_at: datetime
    created_at: datetime


class Tickets(TypedDict):
    items: list[Ticket]
    next: str | None


# One flat row a ticket: making objects of seven tables costs more than all the rest of a list.
COLUMNS: Final = (
    *("id", "number", "state", "kind", "preview", "waiting_since", "snoozed_until", "tags", "language"),
    *("answer_at", "review_since", "follow_up_at"),
    *("priority", "call_back_at", "resolution", "resolution_note", "resolved_at"),
    *("last_message_at", "created_at"),
    *("inbox_id", "inbox__name", "inbox__channel", "contact_id", "contact__name", "contact__language"),
    *("assignee_id", "assignee__name", "team_id", "team__name", "product__code"),
    *("post_id", "post__text", "post__author_name", "post__permalink", "post__picture_url"),
    *("post__at", "post__advert", "post__removed_at"),
)
Row = Any  # a named tuple of COLUMNS


def inbox_name(inbox: inboxes.Inbox) -> InboxName:
    return {"id": inbox.pk, "name": inbox.name, "channel": inbox.channel}


def rows_of(tickets: QuerySet[models.Ticket]) -> QuerySet[models.Ticket, Row]:
    return tickets.values_list(*COLUMNS, named=True)


def ticket_shape(row: Row, agent: Agent) -> Ticket:
    return {
        "number": row.number,
        "public_number": public_number(agent.workspace, row.number),
        "status_link": status_link(agent.workspace, row.number, public_url=env().public_url),
        "url": f"{env().public_url}/tickets/{row.number}",
        "state": row.state,
        "kind": row.kind,
        "inbox": {"id": row.inbox_id, "name": row.inbox__name, "channel": row.inbox__channel},
        "contact": {"id": row.contact_id, "name": row.contact__name, "language": row.contact__language},
        "preview": row.preview,
        "waiting_since": row.waiting_since,
        "snoozed_until": row.snoozed_until,
        "call_back_at": row.call_back_at,
        "answer_at": row.answer_at,
        "review_since": row.review_since,
        "follow_up_at": row.follow_up_at,
        "assignee": {"id": row.assignee_id, "name": row.assignee__name} if row.assignee_id else None,
        "team": {"id": row.team_id, "name": row.team__name} if row.team_id else None,
        "tags": row.tags,
        "product": row.product__code,
        "priority": row.priority,
        "language": row.language,
        "post": _post(row) if row.post_id else None,
        "resolution": row.resolution or None,
        "resolution_note": row.resolution_note,
        "resolved_at": row.resolved_at,
        "last_message_at": row.last_message_at,
        "created_at": row.created_at,
    }


def _post(row: Row) -> Post:
    return {
        "id": row.post_id,
        "text": row.post__text,
        "author": row.post__author_name,
        "permalink": row.post__permalink,
        "picture_url": row.post__picture_url,
        "at": row.post__at,
        "advert": row.post__advert,
        "removed_at": row.post__removed_at,
    }

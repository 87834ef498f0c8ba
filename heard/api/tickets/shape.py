"""A ticket as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from heard.api.people import AgentName, ContactName, Team, agent_name, contact_name, team_name
from heard.env import env
from heard.inboxes import models as inboxes
from heard.tickets import models
from heard.tickets.models import Kind, Resolution, State
from heard.tickets.numbers import public_number
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
    url: Annotated[str, Field(description="The ticket on the agent's screen.")]
    state: State
    kind: Kind
    inbox: InboxName
    contact: ContactName
    preview: Annotated[str, Field(description="Text of the newest incoming message.")]
    waiting_since: Annotated[datetime | None, Field(description="Of the oldest open incoming message.")]
    snoozed_until: datetime | None
    assignee: AgentName | None
    team: Team | None
    tags: list[str]
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


def inbox_name(inbox: inboxes.Inbox) -> InboxName:
    return {"id": inbox.pk, "name": inbox.name, "channel": inbox.channel}


def ticket_shape(ticket: models.Ticket, agent: Agent) -> Ticket:
    return {
        "number": ticket.number,
        "public_number": public_number(agent.workspace, ticket.number),
        "url": f"{env().public_url}/tickets/{ticket.number}",
        "state": State(ticket.state),
        "kind": Kind(ticket.kind),
        "inbox": inbox_name(ticket.inbox),
        "contact": contact_name(ticket.contact),
        "preview": ticket.preview,
        "waiting_since": ticket.waiting_since,
        "snoozed_until": ticket.snoozed_until,
        "assignee": agent_name(ticket.assignee),
        "team": team_name(ticket.team),
        "tags": ticket.tags,
        "language": ticket.language,
        "post": post_shape(ticket.post),
        "resolution": Resolution(ticket.resolution) if ticket.resolution else None,
        "resolution_note": ticket.resolution_note,
        "resolved_at": ticket.resolved_at,
        "last_message_at": ticket.last_message_at,
        "created_at": ticket.created_at,
    }


def post_shape(post: models.Post | None) -> Post | None:
    if post is None:
        return None
    return {
        "id": post.pk,
        "text": post.text,
        "author": post.author_name,
        "permalink": post.permalink,
        "picture_url": post.picture_url,
        "at": post.at,
        "advert": post.advert,
        "removed_at": post.removed_at,
    }

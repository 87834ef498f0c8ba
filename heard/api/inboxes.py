"""The connected accounts, and how each fares."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest
from heard.api.routes import Router
from heard.inboxes.models import Inbox as Row
from heard.ingest.health import Health as Fares
from heard.ingest.health import health

router = Router(tags=["Inboxes"])


# Spelt out, since `State` is the name of a ticket's in the description of the API.
Connection = Annotated[Row.State, WithJsonSchema({"type": "string", "enum": Row.State.values})]


class Health(TypedDict):
    last_call_at: datetime | None
    last_sent_at: datetime | None
    backlog: Annotated[int, Field(description="Calls of the network that are stored and not yet taken in.")]
    backlog_since: datetime | None
    ignored: int
    quarantined: int
    parked: Annotated[int, Field(description="Facts about messages that have not come yet.")]
    queued: int
    unconfirmed: Annotated[int, Field(description="Messages of which nobody knows whether they went out.")]
    failed: int
    bad_signatures: int
    last_bad_signature_at: datetime | None
    refused_calls: int
    last_refused_at: datetime | None
    last_refused_reason: str
    checked_at: datetime | None
    check_problem: str
    expires_at: Annotated[datetime | None, Field(description="When the network's token ends.")]
    renewed_at: Annotated[datetime | None, Field(description="When Heard last renewed its access.")]
    renew_problem: str
    looked_at: Annotated[
        datetime | None, Field(description="The last look at a network that has to be asked.")
    ]
    look_problem: str
    subscribed: Annotated[bool | None, Field(description="Are the hooks on? Null if unknown.")]


class Inbox(TypedDict):
    id: int
    name: str
    channel: str
    account: str
    colour: str
    language: str
    team: int | None
    plan: Annotated[str, Field(description="What the account may do beyond others, as its network calls it.")]
    state: Connection
    state_reason: str
    state_since: datetime
    created_at: datetime
    health: Health


class Inboxes(TypedDict):
    items: list[Inbox]
    next: str | None


@router.get("", response=reads(Inboxes), summary="All inboxes, with their health")
def inboxes(request: ApiRequest) -> HttpResponse:
    """In one page."""
    listed: Inboxes = {"items": [_shape(fares) for fares in health(request.agent)], "next": None}
    return answer(listed)


def _shape(fares: Fares) -> Inbox:
    row = fares.inbox
    return {
        "id": row.pk,
        "name": row.name,
        "channel": row.channel,
        "account": row.account,
        "colour": row.colour,
        "language": row.language,
        "team": row.team_id,
        "plan": row.plan,
        "state": Row.State(row.state),
        "state_reason": row.state_reason,
        "state_since": row.state_since,
        "created_at": row.created_at,
        "health": _health(fares),
    }


def _health(fares: Fares) -> Health:
    return {
        "last_call_at": fares.last_call_at,
        "last_sent_at": fares.last_sent_at,
        "backlog": fares.backlog,
        "backlog_since": fares.backlog_since,
        "ignored": fares.ignored,
        "quarantined": fares.quarantined,
        "parked": fares.parked,
        "queued": fares.queued,
        "unconfirmed": fares.unconfirmed,
        "failed": fares.failed,
        "bad_signatures": fares.bad_signatures,
        "last_bad_signature_at": fares.last_bad_signature_at,
        "refused_calls": fares.refused_calls,
        "last_refused_at": fares.last_refused_at,
        "last_refused_reason": fares.last_refused_reason,
        "checked_at": fares.checked_at,
        "check_problem": fares.check_problem,
        "expires_at": fares.expires_at,
        "renewed_at": fares.renewed_at,
        "renew_problem": fares.renew_problem,
        "looked_at": fares.looked_at,
        "look_problem": fares.look_problem,
        "subscribed": fares.subscribed,
    }

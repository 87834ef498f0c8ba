"""A reply that is written and has not left, as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.db.models import QuerySet
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.people import AgentName, agent_name
from heard.replies.then import Then, then_of
from heard.tickets import models

PendingState = Literal["scheduled", "review", "sent", "returned", "taken_back", "overtaken", "stopped"]


class PendingThen(TypedDict):
    """A macro's deeds, as they were when the reply began to wait."""

    macro: Annotated[int, Field(description="Id of the macro.")]
    name: str
    assigns_author: bool
    assignee: Annotated[int | None, Field(description="Id of an agent.")]
    team: int | None
    tags: list[str]
    resolution: str
    resolution_note: str


class Pending(TypedDict):
    """It is no message yet: `message` says which one it became."""

    pending: Annotated[int, Field(description="Its id.")]
    ticket: Annotated[int, Field(description="Its number.")]
    state: PendingState
    text: str
    public: bool
    to: Annotated[int | None, Field(description="The message that it answers, where one was named.")]
    goes_at: Annotated[datetime | None, Field(description="Null: as soon as it is approved.")]
    author: AgentName | None
    reviewer: Annotated[AgentName | None, Field(description="Who was asked. Null: whoever comes first.")]
    question: str
    approved_by: AgentName | None
    made_at: datetime
    ended_at: datetime | None
    reason: Annotated[str, Field(description="Why it came back, as a code.")]
    comment: Annotated[str, Field(description="What the reviewer said when it was returned.")]
    message: Annotated[int | None, Field(description="The message that it became.")]
    then: Annotated[
        PendingThen | None,
        Field(description="What is done with the ticket when it leaves. Dropped with it if it comes back."),
    ]


class PendingReplies(TypedDict):
    items: list[Pending]
    next: str | None


def shown(rows: QuerySet[models.PendingReply]) -> QuerySet[models.PendingReply]:
    return rows.select_related("ticket", "agent", "reviewer", "approved_by")


def pending_shape(row: models.PendingReply) -> Pending:
    return {
        "pending": row.pk,
        "ticket": row.ticket.number,
        "state": cast("PendingState", row.state),
        "text": row.text,
        "public": row.public,
        "to": row.to_id,
        "goes_at": row.at,
        "author": agent_name(row.agent),
        "reviewer": agent_name(row.reviewer),
        "question": row.question,
        "approved_by": agent_name(row.approved_by),
        "made_at": row.made_at,
        "ended_at": row.ended_at,
        "reason": row.reason,
        "comment": row.comment,
        "message": row.message_id,
        "then": _then(then_of(row)),
    }


def _then(then: Then | None) -> PendingThen | None:
    if then is None:
        return None
    return {
        "macro": then.macro,
        "name": then.name,
        "assigns_author": then.assigns_me,
        "assignee": then.assignee,
        "team": then.team,
        "tags": list(then.tags),
        "resolution": then.resolution,
        "resolution_note": then.resolution_note,
    }

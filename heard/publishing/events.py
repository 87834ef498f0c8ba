"""What can happen to a planned post. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heard.events.publishing import Event
from heard.publishing.models import PlannedPost, Publication
from heard.workspaces.models import Agent


@dataclass(frozen=True, kw_only=True)
class PlanEvent(Event):
    plan_id: int


class PlanWritten(PlanEvent): ...


@dataclass(frozen=True, kw_only=True)
class PlanChanged(PlanEvent):
    """`approval_dropped`: what had been approved is no longer what would go out."""

    changed: list[str]
    approval_dropped: bool


@dataclass(frozen=True, kw_only=True)
class PlanAwaits(PlanEvent):
    """Somebody else has to look at it before it goes out."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class PlanScheduled(PlanEvent):
    due_at: str
    overridden: list[str]


class PlanApproved(PlanEvent): ...


@dataclass(frozen=True, kw_only=True)
class PlanSentBack(PlanEvent):
    reason: str


class PlanCancelled(PlanEvent): ...


class PlanTakenOut(PlanEvent):
    """Out of the schedule, and a draft again."""


@dataclass(frozen=True, kw_only=True)
class PublicationEvent(PlanEvent):
    publication_id: int
    inbox_id: int


@dataclass(frozen=True, kw_only=True)
class PublicationDone(PublicationEvent):
    external_id: str
    permalink: str


@dataclass(frozen=True, kw_only=True)
class PublicationFailed(PublicationEvent):
    problem: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PublicationUnconfirmed(PublicationEvent):
    reason: str


class PublicationRetried(PublicationEvent): ...


def about(plan: PlannedPost, *, now: datetime, by: Agent | None = None) -> dict[str, Any]:
    """What every event of a plan says."""
    return {
        "workspace_id": plan.workspace_id,
        "at": now,
        "by_id": by.pk if by else None,
        "plan_id": plan.pk,
    }


def about_publication(publication: Publication, *, now: datetime, by: Agent | None = None) -> dict[str, Any]:
    return {
        **about(publication.plan, now=now, by=by),
        "publication_id": publication.pk,
        "inbox_id": publication.inbox_id,
    }

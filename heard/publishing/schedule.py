"""When it goes out. Where the workspace wants a second pair of eyes, it waits for them first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from heard.events.publishing import publish
from heard.publishing.events import PlanAwaits, PlanScheduled, PlanTakenOut, about
from heard.publishing.fit import overridden_by, stop_unless_fit, warned_of
from heard.publishing.locked import lock_open
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.wake import wake_publishing
from heard.workspaces.models import Agent

# A form may lie open for a moment after the minute that was chosen.
GRACE = timedelta(minutes=1)
FARTHEST = timedelta(days=366)


class InThePast(Exception):
    """That time is over."""


class TooFarAhead(Exception):
    """More than a year from now."""


class NowhereToPublish(Exception):
    """No account is chosen."""


@transaction.atomic
def schedule(
    plan: PlannedPost,
    *,
    at: datetime | None,
    by: Agent,
    now: datetime,
    overrides: Collection[str] = (),
    warned: bool = False,
) -> PlannedPost:
    """`at` None: now, or as soon as it is approved. `overrides` are findings that `by` answers for. `warned`:
    warnings stop nothing, as with replies.

    Raises CannotChange, InThePast, TooFarAhead, NowhereToPublish or PostStopped.
    """
    plan = lock_open(plan)
    if at is not None and at < now - GRACE:
        raise InThePast(at.isoformat())
    if at is not None and at > now + FARTHEST:
        raise TooFarAhead(at.isoformat())
    if not plan.publications.exists():
        raise NowhereToPublish
    plan.overridden = sorted({*plan.overridden, *overridden_by(plan, overrides, by=by)})
    if warned:
        plan.overridden = sorted({*plan.overridden, *warned_of(plan, by=by)})
    stop_unless_fit(plan, by=by)
    plan.due_at, plan.sent_back = at, ""
    needs_approval = plan.workspace.posts_need_approval or not by.sends
    if needs_approval and plan.approved_by_id is None:
        _await(plan, by=by, now=now)
    else:
        queue(plan, by=by, now=now)
    return plan


@transaction.atomic
def take_out(plan: PlannedPost, *, by: Agent, now: datetime) -> None:
    """Out of the schedule: a draft again, with its words and its approval. Raises CannotChange."""
    plan = lock_open(plan)
    if plan.state == PlannedPost.State.DRAFT:
        return
    plan.state = PlannedPost.State.DRAFT
    plan.save(update_fields=["state"])
    plan.publications.update(state=Publication.State.PLANNED, due_at=None)
    publish(PlanTakenOut(**about(plan, now=now, by=by)))


def queue(plan: PlannedPost, *, by: Agent, now: datetime) -> None:
    """Of a locked plan that is fit to go out: from here on the clock decides."""
    plan.state, plan.due_at = PlannedPost.State.SCHEDULED, plan.due_at or now
    plan.save(update_fields=["state", "due_at", "overridden", "sent_back", "approved_by", "approved_at"])
    plan.publications.update(state=Publication.State.QUEUED, due_at=plan.due_at)
    publish(
        PlanScheduled(
            **about(plan, now=now, by=by), due_at=plan.due_at.isoformat(), overridden=plan.overridden
        )
    )
    for inbox_id in plan.publications.values_list("inbox", flat=True):
        wake_publishing(inbox_id, at=plan.due_at)


def _await(plan: PlannedPost, *, by: Agent, now: datetime) -> None:
    plan.state = PlannedPost.State.AWAITING
    plan.save(update_fields=["state", "due_at", "overridden", "sent_back"])
    plan.publications.update(state=Publication.State.PLANNED, due_at=None)
    due = plan.due_at.isoformat() if plan.due_at else ""
    publish(PlanAwaits(**about(plan, now=now, by=by), due_at=due))

"""A second pair of eyes: whoever wrote the words last cannot be the one who lets them out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.publishing.events import PlanApproved, PlanSentBack, about
from heard.publishing.fit import stop_unless_fit
from heard.publishing.locked import CannotChange, lock_open
from heard.publishing.models import PlannedPost
from heard.publishing.schedule import GRACE, InThePast, queue
from heard.workspaces.models import Agent


class OwnWords(Exception):
    """Whoever changed it last cannot approve it, nor can who may not send."""


class ReasonNeeded(Exception):
    """The writer has to know what to change."""


@transaction.atomic
def approve(plan: PlannedPost, *, by: Agent, now: datetime) -> PlannedPost:
    """It goes out at its time, or now where none was chosen.

    Raises CannotChange, OwnWords, InThePast (choose another time first) or PostStopped.
    """
    plan = _waiting(plan)
    if plan.changed_by_id == by.pk or not by.sends:
        raise OwnWords
    if plan.due_at and plan.due_at < now - GRACE:
        raise InThePast(plan.due_at.isoformat())
    stop_unless_fit(plan, by=by)
    plan.approved_by, plan.approved_at = by, now
    publish(PlanApproved(**about(plan, now=now, by=by)))
    queue(plan, by=by, now=now)
    return plan


@transaction.atomic
def send_back(plan: PlannedPost, *, reason: str, by: Agent, now: datetime) -> PlannedPost:
    """Not like this. Raises CannotChange or ReasonNeeded."""
    plan = _waiting(plan)
    if not reason.strip():
        raise ReasonNeeded
    plan.state, plan.sent_back = PlannedPost.State.DRAFT, reason.strip()[:500]
    plan.save(update_fields=["state", "sent_back"])
    publish(PlanSentBack(**about(plan, now=now, by=by), reason=plan.sent_back))
    return plan


def _waiting(plan: PlannedPost) -> PlannedPost:
    locked = lock_open(plan)
    if locked.state != PlannedPost.State.AWAITING:
        raise CannotChange(locked.state)
    return locked

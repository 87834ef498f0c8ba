"""Not after all. What a worker has claimed is on its way, and nobody can call it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.publishing.events import PlanCancelled, about
from heard.publishing.locked import CannotChange, lock_plan
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.settle import settle
from heard.workspaces.models import Agent

STILL_HERE = (Publication.State.PLANNED, Publication.State.QUEUED)


@transaction.atomic
def cancel(plan: PlannedPost, *, by: Agent, now: datetime) -> PlannedPost:
    """Everything of it that has not left yet. Raises CannotChange when nothing is left to cancel."""
    plan = lock_plan(plan)
    here = plan.publications.filter(state__in=STILL_HERE)
    if not plan.is_open and not here.exists():
        raise CannotChange(plan.state)
    here.update(state=Publication.State.CANCELLED)
    settle(plan)
    publish(PlanCancelled(**about(plan, now=now, by=by)))
    return plan

"""What is planned, as far as the one who asks may see it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from heard.events.models import EventRecord
from heard.publishing.models import PlannedPost, Publication
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

State = PlannedPost.State


def plan_of(agent: Agent, post_id: int | None) -> int | None:
    """The key of the plan that this post went out by, if it was written here."""
    if post_id is None:
        return None
    return next(iter(plans_of(agent=agent, post=post_id)), None)


@prepared
def plans_of(*, agent: Agent, post: int) -> QuerySet[Publication, int]:
    found = Publication.objects.visible_to(agent).filter(post=post).order_by("pk")
    return found.values_list("plan", flat=True)[:1]


def plans(agent: Agent) -> QuerySet[PlannedPost]:
    """With all that a list shows of them."""
    publications = Publication.objects.select_related("inbox", "post").order_by("inbox__name", "id")
    return (
        PlannedPost.objects.visible_to(agent)
        .select_related("writer", "changed_by", "approved_by")
        .prefetch_related(Prefetch("publications", publications), "pictures")
    )


def plans_between(
    agent: Agent, start: datetime, end: datetime, *, inbox: int | None = None
) -> list[PlannedPost]:
    """What was, is or would be due in this time. Cancelled ones are left out."""
    found = plans(agent).filter(due_at__gte=start, due_at__lt=end).exclude(state=State.CANCELLED)
    if inbox is not None:
        found = found.filter(publications__inbox=inbox)
    return list(found.order_by("due_at", "id"))


def without_time(agent: Agent, *, inbox: int | None = None, most: int = 50) -> list[PlannedPost]:
    """Drafts, and what goes out as soon as it is approved: no day of the calendar has them."""
    found = plans(agent).filter(due_at=None, state__in=(State.DRAFT, State.AWAITING))
    if inbox is not None:
        found = found.filter(publications__inbox=inbox)
    return list(found.order_by("-id")[:most])


def awaiting(agent: Agent) -> list[PlannedPost]:
    """What waits for a second pair of eyes, the most urgent first."""
    waiting = plans(agent).filter(state=State.AWAITING)
    return sorted(waiting[:200], key=lambda plan: (plan.due_at or plan.changed_at, plan.pk))


def in_trouble(agent: Agent) -> list[PlannedPost]:
    """What did not go out, or nobody knows; newest first."""
    bad = Q(state=State.FAILED) | Q(state=State.UNCONFIRMED)
    return list(plans(agent).filter(bad).order_by("-due_at", "-id")[:50])


def history(plan: PlannedPost) -> list[EventRecord]:
    """Everything that happened to it, oldest first."""
    told = EventRecord.objects.filter(workspace_id=plan.workspace_id, payload__plan_id=plan.pk)
    return list(told.filter(at__gte=plan.created_at).select_related("by").order_by("id")[:200])


def tickets_under(agent: Agent, plan: PlannedPost, *, most: int = 20) -> list[Ticket]:
    """What people wrote below it, newest first."""
    under = Ticket.objects.visible_to(agent).filter(post__publications__plan=plan)
    return list(under.select_related("inbox", "contact").order_by("-last_message_at", "-id")[:most])

"""One planned post: how it stands everywhere, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.publishing import cancel as cancelling
from heard.publishing import schedule as scheduling
from heard.publishing import unconfirmed
from heard.publishing.fit import found_in
from heard.publishing.locked import CannotChange
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.queries import history, tickets_under
from heard.web.agents import AgentRequest
from heard.web.publishing.found import in_workspace_zone, plan_or_404, publication_or_404
from heard.web.publishing.words import told


@require_GET
@in_workspace_zone
def show(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    context = {
        "plan": plan,
        "found": found_in(plan, by=request.agent) if plan.is_open else [],
        "may_approve": plan.state == PlannedPost.State.AWAITING and plan.changed_by_id != request.agent.pk,
        "may_cancel": plan.is_open or plan.publications.filter(state=Publication.State.QUEUED).exists(),
        "is_moving": _is_moving(plan),
        "tickets": tickets_under(request.agent, plan),
        "history": [(record, told(record)) for record in history(plan)],
    }
    return render(request, "publishing/plan.html", context)


def _is_moving(plan: PlannedPost) -> bool:
    """Soon it stands otherwise: the page looks again by itself."""
    soon = timezone.now() + timedelta(minutes=1)
    due = plan.state == PlannedPost.State.SCHEDULED and plan.due_at is not None and plan.due_at < soon
    return due or plan.state == PlannedPost.State.PUBLISHING


@require_POST
@in_workspace_zone
def cancel(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    try:
        cancelling.cancel(plan, by=request.agent, now=timezone.now())
    except CannotChange:
        messages.error(request, _("Too late: it is on its way or gone."))
    else:
        messages.success(request, _("Cancelled. Nothing more goes out."))
    return redirect("post", plan_id=plan_id)


@require_POST
@in_workspace_zone
def take_out(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    try:
        scheduling.take_out(plan, by=request.agent, now=timezone.now())
    except CannotChange:
        messages.error(request, _("Too late: it is on its way or gone."))
    else:
        messages.success(request, _("It is a draft again."))
    return redirect("post", plan_id=plan_id)


@require_POST
@in_workspace_zone
def it_is_there(request: AgentRequest, plan_id: int, publication_id: int) -> HttpResponse:
    return _settle(request, plan_id, publication_id, unconfirmed.it_is_there, _("Noted: it is there."))


@require_POST
@in_workspace_zone
def publish_again(request: AgentRequest, plan_id: int, publication_id: int) -> HttpResponse:
    return _settle(request, plan_id, publication_id, unconfirmed.publish_again, _("It goes out again."))


def _settle(
    request: AgentRequest, plan_id: int, publication_id: int, verb: Callable[..., None], done: str
) -> HttpResponse:
    publication = publication_or_404(request, plan_id, publication_id)
    try:
        verb(publication, by=request.agent, now=timezone.now())
    except unconfirmed.NothingToSettle:
        messages.error(request, _("This has been settled meanwhile."))
    else:
        messages.success(request, done)
    return redirect("post", plan_id=plan_id)

"""The second pair of eyes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.publishing import approve as approving
from heard.publishing.approve import OwnWords, ReasonNeeded
from heard.publishing.fit import PostStopped
from heard.publishing.locked import CannotChange
from heard.publishing.queries import awaiting
from heard.publishing.schedule import InThePast
from heard.web.agents import AgentRequest
from heard.web.publishing.found import in_workspace_zone, plan_or_404


@require_GET
@in_workspace_zone
def queue(request: AgentRequest) -> HttpResponse:
    return render(request, "publishing/to_approve.html", {"plans": awaiting(request.agent)})


@require_POST
@in_workspace_zone
def approve(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    try:
        approving.approve(plan, by=request.agent, now=timezone.now())
    except OwnWords:
        messages.error(request, _("Somebody other than the one who wrote it has to approve it."))
    except InThePast:
        messages.error(request, _("Its time is over. Choose another time first."))
    except CannotChange:
        messages.error(request, _("It no longer waits for approval."))
    except PostStopped:
        messages.error(request, _("It is not fit to go out any more. See below why."))
    else:
        messages.success(request, _("Approved."))
    return redirect("post", plan_id=plan_id)


@require_POST
@in_workspace_zone
def send_back(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    try:
        approving.send_back(plan, reason=request.POST.get("reason", ""), by=request.agent, now=timezone.now())
    except ReasonNeeded:
        messages.error(request, _("Say what should be changed."))
    except CannotChange:
        messages.error(request, _("It no longer waits for approval."))
    else:
        messages.success(request, _("Sent back to the writer."))
    return redirect("post", plan_id=plan_id)

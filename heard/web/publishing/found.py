"""What the address of a page names, as far as it exists for who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from heard.publishing.models import PlannedPost, Publication
from heard.publishing.queries import plans
from heard.web.agents import AgentRequest, for_agents
from heard.web.numbers import number_in

View = Callable[..., HttpResponseBase]


def in_workspace_zone(view: View) -> View:
    """Posts go out by the company's clock, so all their pages show it, wherever the reader is."""

    @wraps(view)
    def run(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(ZoneInfo(request.agent.workspace.time_zone)):
            return view(request, *args, **kwargs)

    return for_agents(run)


def plan_or_404(request: AgentRequest, plan_id: int) -> PlannedPost:
    plan: PlannedPost = get_object_or_404(plans(request.agent), pk=plan_id)
    return plan


def publication_or_404(request: AgentRequest, plan_id: int, publication_id: int) -> Publication:
    found = Publication.objects.visible_to(request.agent).filter(plan=plan_id)
    return get_object_or_404(found.select_related("plan", "inbox"), pk=publication_id)


def inbox_asked(request: AgentRequest) -> int | None:
    return number_in(request.GET.get("inbox", "")) or None

"""Promised calls whose time has come, on whatever page their agent is."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.tickets.models import CallBack
from heard.web.agents import AgentRequest, for_agents

SHOWN = 3


@require_safe
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    """One's own, and those that nobody has yet: of one's teams, or of no team."""
    now, me = timezone.now(), request.agent
    nobodys = Q(agent=None) & (Q(team=None) | Q(team__members=me))
    owed = CallBack.objects.visible_to(me).filter(Q(agent=me) | nobodys, result="", at__lte=now).distinct()
    found = list(owed.select_related("ticket__contact").order_by("at", "pk")[: SHOWN + 1])
    context = {"calls": found[:SHOWN], "more": len(found) > SHOWN, "now": now}
    return render(request, "calls/reminders.html", context)

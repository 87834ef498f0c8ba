"""What is planned, day by day: a month, a week, or a plain list."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from heard.publishing.accounts import publishing_inboxes
from heard.publishing.queries import awaiting, in_trouble, plans_between, without_time
from heard.web.agents import AgentRequest
from heard.web.publishing.days import moments_of, sheet, span
from heard.web.publishing.found import in_workspace_zone, inbox_asked

VIEWS = ("month", "week", "list")
LISTED = timedelta(days=92)


@require_GET
@in_workspace_zone
def show(request: AgentRequest) -> HttpResponse:
    agent, inbox, today = request.agent, inbox_asked(request), timezone.localdate()
    view = request.GET.get("view", "month")
    view = view if view in VIEWS else "month"
    day = _day(request.GET.get("day", ""), today)
    zone = agent.workspace.time_zone
    shown = (day, day + LISTED) if view == "list" else span(view, day)
    planned = plans_between(agent, *moments_of(shown, zone), inbox=inbox)
    context = {
        "view": view,
        "day": day,
        "today": today,
        "inbox": inbox,
        "inboxes": publishing_inboxes(agent),
        "sheet": sheet("month" if view == "list" else view, day, planned, zone=zone, today=today),
        "planned": planned,
        "without_time": without_time(agent, inbox=inbox),
        "waiting": len(awaiting(agent)),
        "trouble": in_trouble(agent),
    }
    return render(request, "publishing/calendar.html", context)


def _day(asked: str, today: date) -> date:
    """Not at the ends of time, where there is no day before or after."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2200 else today

"""All inboxes with how they fare, and the networks that can be connected."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from heard.channels.registry import CHANNELS
from heard.ingest.health import health
from heard.web.agents import AgentRequest, for_agents
from heard.web.inboxes.words import troubles


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    now = timezone.now()
    inboxes = [(one, troubles(one, now=now)) for one in health(request.agent)]
    return render(request, "inboxes/overview.html", {"inboxes": inboxes, "channels": CHANNELS})

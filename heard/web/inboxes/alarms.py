"""What an admin has to know on whatever page they are: an inbox that went quiet."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from heard.ingest.models import Silence
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    silences = Silence.objects.visible_to(request.agent).filter(ended_at=None).select_related("inbox")
    return render(request, "inboxes/alarms.html", {"silences": silences.order_by("since")})

"""Who has a ticket open. Said by the page itself: opening one by a GET changes nothing."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from heard.chat.present import answer_is_typed
from heard.tickets.look import leave as leave_ticket
from heard.tickets.look import look as look_at
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.shown import ticket_of


@require_POST
@for_agents
def look(request: AgentRequest, number: int) -> HttpResponse:
    ticket, now = ticket_of(request, number), timezone.now()
    writing = request.POST.get("writing") == "yes"
    look_at(ticket, by=request.agent, now=now, writing=writing)
    # A note is said among agents: a visitor need not wait for it.
    answer_is_typed(ticket, typed=writing and request.POST.get("mode") != "note", by=request.agent, now=now)
    return HttpResponse(status=204)


@require_POST
@for_agents
def leave(request: AgentRequest, number: int) -> HttpResponse:
    leave_ticket(ticket_of(request, number), by=request.agent)
    return HttpResponse(status=204)

"""Follow up on a day, by hand; and whether Heard asks this customer anything by itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.following_up.switch import switch_follow_up
from heard.tickets.follow_up import InThePast, end_follow_up, follow_up_on
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.shown import changed, ticket_of, trouble
from heard.web.tickets.snoozing import NoSuchTime, time_meant
from heard.web.times import in_words


@require_POST
@for_agents
def follow_up(request: AgentRequest, number: int) -> HttpResponse:
    ticket, now = ticket_of(request, number), timezone.now()
    if "automatic" in request.POST:
        on = request.POST["automatic"] == "yes"
        switch_follow_up(ticket, on=on, by=request.agent, now=now)
        return changed(request, ticket)
    if "done" in request.POST:
        end_follow_up(ticket, by=request.agent, now=now)
        return changed(request, ticket)
    note = request.POST.get("note", "").replace("\x00", "")
    try:
        at = time_meant(request.POST.get("at", ""), now=now)
        follow_up_on(ticket, at=at, note=note, by=request.agent, now=now)
    except (NoSuchTime, InThePast):
        return trouble(request, ticket, _("That is no date and time to come."), place="follow-up")
    toast = _("#{number} comes up again {time}.").format(number=number, time=in_words(at, now=now))
    return changed(request, ticket, toast=toast)

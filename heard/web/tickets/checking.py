"""A fact needs checking: the honest holding reply goes out, and the ticket waits on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.replies.needs_checking import Held, hold_for_checking
from heard.replies.put_in import put_in
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, Ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.picking import expected_for, inserted, into_draft
from heard.web.tickets.running import WHY_NOT, why_not
from heard.web.tickets.shown import changed, message_chosen, ticket_of, trouble


@require_POST
@for_agents
def hold(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    private = request.POST.get("mode") == Draft.Mode.PRIVATE
    try:
        held = hold_for_checking(
            ticket,
            by=request.agent,
            now=timezone.now(),
            private=private,
            to=message_chosen(request, ticket),
            typed=request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", ""),
            expected=expected_for(ticket, request.agent),
        )
    except WHY_NOT as problem:
        return trouble(request, ticket, why_not(problem))
    if held.message is None:
        return _to_finish(request, ticket, held, Draft.Mode.PRIVATE if private else Draft.Mode.PUBLIC)
    toast = _("We said that we are checking. The ticket waits on.")
    return changed(request, ticket, toast=toast, cancels=held.message, anew=True)


def _to_finish(request: AgentRequest, ticket: Ticket, held: Held, mode: Draft.Mode) -> HttpResponse:
    if held.to_finish is None or held.way is None:
        raise ValueError("there is nothing to finish")
    place = place_of(ticket, mode)
    done = put_in(held.to_finish, ticket, way=held.way, place=place, by=request.agent, now=timezone.now())
    if request.headers.get("HX-Request"):
        return inserted(request, ticket, mode, done)
    into_draft(request, ticket, mode, done)
    return redirect(f"{reverse('ticket', kwargs={'number': ticket.number})}?mode={mode}#composer")

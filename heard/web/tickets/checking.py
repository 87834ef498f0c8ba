"""A fact needs checking: the honest holding reply goes out, and the ticket waits on."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.replies.needs_checking import Held, hold_for_checking
from heard.replies.put_in import put_in
from heard.tickets.draft import keep_draft, place_of
from heard.tickets.models import Draft, Ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.picking import expected_for
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
    """In the place of what was typed, which is a note by now."""
    if held.to_finish is None or held.way is None:
        raise ValueError("there is nothing to finish")
    now = timezone.now()
    done = put_in(
        held.to_finish, ticket, way=held.way, place=place_of(ticket, mode), by=request.agent, now=now
    )
    drafts = Draft.objects.visible_to(request.agent)
    mine = drafts.filter(ticket=ticket, agent=request.agent, mode=mode).first()
    keep_draft(
        ticket,
        mode=mode,
        text=done.text,
        version=mine.version if mine else 0,
        by=request.agent,
        now=now,
        to=message_chosen(request, ticket),
    )
    toast = _("Not sent yet: look at what was found.")
    return changed(request, ticket_of(request, ticket.number), toast=toast, anew=True)

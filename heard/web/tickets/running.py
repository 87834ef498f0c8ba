"""A macro by one key: done at once, or its text put where the agent writes, to be finished and sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.replies.models import Macro
from heard.replies.put_in import put_in
from heard.replies.run_macro import NothingToSay, Ran, run_macro
from heard.tickets.assign import NotAColleague
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, Ticket
from heard.tickets.reply import NoWay
from heard.tickets.resolve import NoteNeeded, StillWaiting
from heard.tickets.snooze import CannotSnooze
from heard.tickets.tag import BadTag
from heard.web.agents import AgentRequest, for_agents
from heard.web.numbers import number_in
from heard.web.tickets.picking import inserted, into_draft
from heard.web.tickets.shown import changed, message_chosen, ticket_of, trouble
from heard.web.tickets.ways import usual_mode

WHY_NOT = (NothingToSay, NoWay, NotAColleague, BadTag, CannotSnooze, StillWaiting, NoteNeeded)


@require_POST
@for_agents
def run(request: AgentRequest, number: int, macro_id: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    macro = get_object_or_404(
        Macro.objects.visible_to(request.agent).select_related("assignee", "team"), pk=macro_id
    )
    mode = _mode(request, ticket)
    to = message_chosen(request, ticket)
    try:
        ran = run_macro(
            ticket, macro, by=request.agent, now=timezone.now(), private=mode == Draft.Mode.PRIVATE, to=to
        )
    except WHY_NOT as problem:
        return trouble(request, ticket, why_not(problem))
    if ran.to_finish is not None:
        return _to_finish(request, ticket, macro, mode, ran)
    toast = _("Done: {name}").format(name=macro.name)
    return changed(request, ticket, toast=toast, cancels=ran.message, anew=ran.message is not None)


def macro_chosen(request: AgentRequest) -> Macro | None:
    """The one whose text the agent has finished, and that does the rest with its sending."""
    given = request.POST.get("macro", "")
    if not given:
        return None
    known = Macro.objects.visible_to(request.agent).select_related("assignee", "team")
    return known.filter(pk=number_in(given)).first()


def _mode(request: AgentRequest, ticket: Ticket) -> str:
    """As the composer stands, else the way that is usual for the ticket."""
    given = request.POST.get("mode", "")
    return given if given in (Draft.Mode.PUBLIC, Draft.Mode.PRIVATE) else usual_mode(ticket)


def _to_finish(request: AgentRequest, ticket: Ticket, macro: Macro, mode: str, ran: Ran) -> HttpResponse:
    if ran.to_finish is None or ran.way is None:
        raise ValueError("there is nothing to finish")
    place = place_of(ticket, mode)
    done = put_in(ran.to_finish, ticket, way=ran.way, place=place, by=request.agent, now=timezone.now())
    toast = _("Not sent yet: look at what was found.") if ran.findings else ""
    if request.headers.get("HX-Request"):
        return inserted(request, ticket, mode, done, macro=macro, toast=toast)
    into_draft(request, ticket, mode, done)
    address = reverse("ticket", kwargs={"number": ticket.number})
    return redirect(f"{address}?mode={mode}&macro={macro.pk}#composer")


def why_not(problem: Exception) -> str:
    """Nothing was done, and why."""
    match problem:
        case NothingToSay():
            return _("Nothing was done: its saved reply cannot be used here.")
        case NoWay():
            return _("Nothing was done: there is no way to answer like this any more.")
        case NotAColleague():
            return _("Nothing was done: that colleague or team is no longer here.")
        case BadTag():
            return _("Nothing was done: the ticket would have too many tags.")
        case CannotSnooze():
            return _("Nothing was done: nobody waits here, and only what waits can be snoozed.")
        case _:
            return _("Nothing was done: somebody still waits for an answer here.")

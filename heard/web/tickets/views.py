"""The agents' inbox: lists and one ticket. Nothing here changes anything."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.language.detect import load_soon
from heard.tickets.models import Ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.arrival import arrived
from heard.web.context import stream_address
from heard.web.fragments import answer, asks_for, blocks_for, fragment
from heard.web.numbers import number_in
from heard.web.tickets.listing import listing, rows
from heard.web.tickets.shown import (
    PAGE,
    TICKET_PARTS,
    address,
    pane,
    ticket_context,
    ticket_of,
    whole_page,
)
from heard.web.tickets.tags import suggestions
from heard.web.tickets.together import list_for
from heard.web.tickets.where import rows_shown, where_in


@require_safe
@for_agents
def tickets(request: AgentRequest) -> HttpResponse:
    """A folder, an inbox or a search. `cursor` asks for the rows after those shown."""
    where = where_in(request.GET)
    if asks_for(request, "ticket"):
        return pane(request, None)
    if asks_for(request, "more"):
        cursor = request.GET.get("cursor", "")
        more = rows(request.agent, where, now=timezone.now(), cursor=cursor)
        return fragment(request, PAGE, "rows", context=_list_context(more, where))
    if asks_for(request, "browse"):
        shown = listing(request.agent, where, now=timezone.now())
        return fragment(request, PAGE, "title_alone", "browse", context=_list_context(shown, where))
    return whole_page(request)


@require_safe
@for_agents
def ticket(request: AgentRequest, number: int) -> HttpResponse:
    found = ticket_of(request, number)
    load_soon()  # whoever opens a ticket writes an answer, and the check wants to know its language
    return pane(request, found) if asks_for(request, "ticket") else whole_page(request, found)


@require_safe
@for_agents
def composer(request: AgentRequest, number: int) -> HttpResponse:
    """The composer alone, for another message to answer (`to`) or another way (`mode`)."""
    found = ticket_of(request, number)
    if not request.headers.get("HX-Request"):
        return redirect(f"{address(found, where_in(request.GET))}&{request.GET.urlencode()}#composer")
    return fragment(request, PAGE, "composer", context=ticket_context(request, found))


@require_safe
@for_agents
def fresh(request: AgentRequest) -> HttpResponse:
    """What an open page asks for after a change: the list, and the open ticket when it is concerned."""
    html = ""
    open_ticket = _open_ticket(request)
    if "list" in request.GET:
        where, limit = where_in(request.GET), rows_shown(request.GET)
        html = list_for(request.agent, where, limit=limit, since=arrived(request))
    if open_ticket is not None:
        html += blocks_for(request, PAGE, *TICKET_PARTS, context=ticket_context(request, open_ticket))
    response = answer(html)
    # A key lasts as long as its session; a page that lost its stream may need another one.
    response.headers["X-Stream"] = stream_address(request, request.agent)
    return response


def _open_ticket(request: AgentRequest) -> Ticket | None:
    number = number_in(request.GET.get("open", ""))
    return ticket_of(request, number) if number else None


def _list_context(shown: object, where: object) -> dict[str, object]:
    return {"listing": shown, "where": where, "opened": None, "now": timezone.now()}


@require_safe
@for_agents
def tags(request: AgentRequest, number: int) -> HttpResponse:
    """Tags of this workspace that the ticket does not have yet, for the field's suggestions."""
    suggested = suggestions(ticket_of(request, number), agent=request.agent)
    return fragment(request, PAGE, "tag_suggestions", context={"suggestions": suggested})

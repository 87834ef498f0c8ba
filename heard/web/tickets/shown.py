"""What a view answers with: the whole page, or the parts of it that changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from heard.publishing.queries import plan_of, plans_of
from heard.replies.macros import known_macros, macros_of
from heard.tickets.folders import LAST_ID
from heard.tickets.models import Message, Thread, Ticket
from heard.web.agents import AgentRequest
from heard.web.fragments import fragment
from heard.web.numbers import number_in
from heard.web.tickets.listing import listing
from heard.web.tickets.listing import questions as questions_of_list
from heard.web.tickets.opened import opened, questions
from heard.web.tickets.snoozing import presets
from heard.web.tickets.where import Where, where_in
from heard.web.tickets.words import DISMISSALS, KINDS
from heard.workspaces.ahead import ahead
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Question, prepared

PAGE = "tickets/page.html"
RELATED = ("contact", "inbox", "post", "assignee", "follows", "product")
TICKET_PARTS = ("head", "reading", "timeline", "colleagues", "ways", "side")


def ticket_of(request: AgentRequest, number: int) -> Ticket:
    found = _numbered(agent=request.agent, number=number) if number <= LAST_ID else ()
    if not found:
        raise Http404
    return found[0]


@prepared
def _numbered(*, agent: Agent, number: int) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(agent).filter(number=number).select_related(*RELATED)


def message_of(request: AgentRequest, number: int, message: int) -> Message:
    known = Message.objects.visible_to(request.agent).defer("search")
    return get_object_or_404(known.select_related("ticket", "inbox"), pk=message, ticket__number=number)


def message_chosen(request: AgentRequest, ticket: Ticket) -> Message | None:
    """The incoming message that the agent wants to answer; None when it names none of this ticket."""
    given = request.POST.get("to") or request.GET.get("to") or ""
    if not given:
        return None
    heard = ticket.messages.filter(direction=Message.Direction.IN).defer("search")
    return heard.select_related("inbox", "thread", "author").filter(pk=number_in(given)).first()


def thread_chosen(request: AgentRequest, ticket: Ticket) -> Thread | None:
    """The thread by which the agent wants to answer; None when it names none that this ticket runs in."""
    given = request.POST.get("via") or request.GET.get("via") or ""
    if not given:
        return None
    threads = ticket.threads.filter(identity__isnull=False)
    return threads.select_related("inbox", "identity__contact").filter(pk=number_in(given)).first()


def whole_page(
    request: AgentRequest, ticket: Ticket | None = None, *, status: int = 200, **extra: Any
) -> HttpResponse:
    where, now, agent = where_in(request.GET), timezone.now(), request.agent
    with ahead(*questions_of_list(agent, now), *(questions_of_context(ticket, agent) if ticket else ())):
        context = {
            **(ticket_context(request, ticket) if ticket else {"opened": None}),
            "where": where,
            "now": now,
            "listing": listing(agent, where, now=now),
            "findings": None,
            **extra,
        }
    return render(request, PAGE, context, status=status)


def questions_of_context(ticket: Ticket, agent: Agent) -> list[Question | None]:
    asked = [*questions(ticket, agent), known_macros.of(agent=agent)]
    return asked if ticket.post_id is None else [*asked, plans_of.of(agent=agent, post=ticket.post_id)]


def ticket_context(request: AgentRequest, ticket: Ticket, *, announces: bool = False) -> dict[str, Any]:
    with ahead(*questions_of_context(ticket, request.agent)):
        return _ticket_context(request, ticket, announces=announces)


def _ticket_context(request: AgentRequest, ticket: Ticket, *, announces: bool) -> dict[str, Any]:
    now, macros = timezone.now(), macros_of(request.agent)
    announces = announces or "announce" in request.GET
    shown = opened(
        ticket,
        agent=request.agent,
        now=now,
        mode="private" if announces else request.GET.get("mode", ""),
        to=message_chosen(request, ticket),
        via=thread_chosen(request, ticket),
        usual="usual" in request.GET,
        announces=announces,
    )
    return {
        "opened": shown,
        "where": where_in(request.GET),
        "now": now,
        "kinds": KINDS,
        "presets": presets(now),
        "dismissals": DISMISSALS,
        "plan_id": plan_of(request.agent, ticket.post_id),
        "undo_seconds": request.agent.workspace.undo_seconds,
        "macros": macros,
        # Whose text waits in the composer; it does the rest when that is sent.
        "macro": next((one for one in macros if str(one.pk) == request.GET.get("macro")), None),
    }


def pane(request: AgentRequest, ticket: Ticket | None, **extra: Any) -> HttpResponse:
    """The right half alone."""
    context = ticket_context(request, ticket) if ticket else {"opened": None, "where": where_in(request.GET)}
    return fragment(request, PAGE, "title_alone", "ticket", context={**context, **extra})


def changed(
    request: AgentRequest,
    ticket: Ticket,
    *,
    toast: str = "",
    cancels: Message | None = None,
    anew: bool = False,
    announces: bool = False,
) -> HttpResponse:
    """After a verb: what it changed on the screen, or the next ticket of the list if the page names one.

    `anew` shows the whole ticket again, its composer emptied. `cancels` is a message that can be taken back.
    `announces`: the composer begins with the word that a mail will come.
    """
    if not request.headers.get("HX-Request"):
        if toast:
            messages.success(request, toast)
        further = "&announce=yes#composer" if announces else ""
        return redirect(address(ticket, where_in(request.GET)) + further)
    following = _next(request)
    said = {"toast": toast, "cancels": cancels, "said_of": ticket, "trouble": False}
    if following is None and not anew:
        context = {**ticket_context(request, ticket_of(request, ticket.number)), **said}
        response = fragment(request, PAGE, *TICKET_PARTS, "toast", context=context)
    else:
        shown = following or ticket_of(request, ticket.number)
        response = _whole_ticket(request, shown, said, announces=announces)
    response.headers["HX-Trigger"] = "heard:stale"
    return response


def _whole_ticket(
    request: AgentRequest, ticket: Ticket, said: dict[str, Any], *, announces: bool = False
) -> HttpResponse:
    context = {**ticket_context(request, ticket, announces=announces), **said}
    response = fragment(request, PAGE, "title_alone", "ticket", "toast", context=context)
    response.headers["HX-Retarget"] = "#ticket"
    response.headers["HX-Reswap"] = "innerHTML"
    response.headers["HX-Push-Url"] = address(ticket, where_in(request.GET))
    return response


def _next(request: AgentRequest) -> Ticket | None:
    given = request.POST.get("next", "")
    if not given:
        return None
    known = Ticket.objects.visible_to(request.agent).select_related(*RELATED)
    return known.filter(number=number_in(given)).first()


def trouble(request: AgentRequest, ticket: Ticket, text: str, *, place: str = "") -> HttpResponse:
    """What could not be done, in words: at its `place` on the page where it has one, else as a toast."""
    if not request.headers.get("HX-Request"):
        messages.error(request, text)
        return whole_page(request, ticket, status=422)
    said = {"toast": text, "trouble": True, "cancels": None, "text": text, "place": place}
    context = {"where": where_in(request.GET), "opened": None, **said}
    response = fragment(request, PAGE, "trouble" if place else "toast", context=context, status=422)
    response.headers["HX-Reswap"] = "patch"
    return response


def address(ticket: Ticket, where: Where) -> str:
    return f"{reverse('ticket', kwargs={'number': ticket.number})}?{where.query}"

"""A public complaint goes on in private: both messages on one page. Afterwards, a public word that it is solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.taking_private.models import SafeQuestion
from heard.taking_private.take_private import TakeStopped, take_private
from heard.taking_private.texts import private_words, public_words, solved_words
from heard.tickets.draft import DraftConflict, keep_draft
from heard.tickets.models import Draft, Message, Ticket
from heard.tickets.reply import MayNotSend, NoWay
from heard.tickets.route import route
from heard.web.agents import AgentRequest, for_agents
from heard.web.numbers import number_in
from heard.web.tickets.shown import ticket_of, trouble

PAGE = "tickets/take_private.html"
USUALLY = (SafeQuestion.ORDER_NUMBER, SafeQuestion.DETAILS)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two messages as the page shows it."""

    name: str
    text: str
    limit: int | None
    counts: str
    findings: Any = ()


@require_http_methods(["GET", "POST"])
@for_agents
def take(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    to = _public_message(request, ticket)
    if request.method != "POST":
        now = timezone.now()
        words = {
            "public": public_words(ticket, to, by=request.agent, now=now),
            "private": private_words(ticket, to, by=request.agent, now=now),
        }
        return _page(request, ticket, to, words, wants=[one.value for one in USUALLY])
    words = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in ("public", "private")}
    wants = request.POST.getlist("want")
    try:
        take_private(
            ticket,
            to=to,
            public_text=words["public"],
            private_text=words["private"],
            wants=wants,
            overrides=request.POST.getlist("override"),
            by=request.agent,
            now=timezone.now(),
        )
    except TakeStopped as stopped:
        return _page(request, ticket, to, words, wants=wants, stopped=stopped, status=422)
    except MayNotSend:
        problem = _("Your answers are looked over before they go out. Ask a colleague to do this.")
        return _page(request, ticket, to, words, wants=wants, problem=problem, status=422)
    except NoWay:
        problem = _("The network does not let us write to this person in private.")
        return _page(request, ticket, to, words, wants=wants, problem=problem, status=422)
    messages.success(request, _("Answered in public, and gone on in private."))
    return redirect("ticket", number=ticket.number)


@require_POST
@for_agents
def say_solved(request: AgentRequest, number: int) -> HttpResponse:
    """Puts the word into the public answer. The agent sends it."""
    ticket = ticket_of(request, number)
    to, now = _public_message(request, ticket), timezone.now()
    text = solved_words(ticket, to, by=request.agent, now=now)
    mode = Draft.Mode.PUBLIC
    try:
        keep_draft(ticket, mode=mode, text=text, version=0, by=request.agent, now=now, to=to)
    except DraftConflict:
        return trouble(request, ticket, _("You have begun a public answer. Send it or empty it first."))
    address = reverse("ticket", kwargs={"number": ticket.number})
    return redirect(f"{address}?mode=public&to={to.pk}#composer")


def _public_message(request: AgentRequest, ticket: Ticket) -> Message:
    """The one named, else the newest that somebody said in public."""
    public = ticket.messages.filter(public=True, direction=Message.Direction.IN, removed_at=None)
    given = (request.POST.get("to") or request.GET.get("to") or "").strip()
    if given:
        return get_object_or_404(public.select_related("inbox", "thread", "author"), pk=number_in(given))
    newest = public.select_related("inbox", "thread", "author").order_by("-at", "-id").first()
    if newest is None:
        raise Http404
    return newest


def _page(
    request: AgentRequest,
    ticket: Ticket,
    to: Message,
    words: dict[str, str],
    *,
    wants: list[str],
    stopped: TakeStopped | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "ticket": ticket,
        "to": to,
        "parts": [_part(name, ticket, to, text, stopped) for name, text in words.items()],
        "wants": wants,
        "wanted": SafeQuestion.choices,
        "overridden": request.POST.getlist("override"),
        "problem": problem,
    }
    return render(request, PAGE, context, status=status)


def _part(name: str, ticket: Ticket, to: Message, text: str, stopped: TakeStopped | None) -> Part:
    findings = stopped.findings if stopped is not None and stopped.part == name else ()
    try:
        way = route(ticket, private=name == "private", to=to)
    except NoWay:
        return Part(name, text, None, "characters", findings)
    return Part(name, text, way.limit, way.counts.value, findings)

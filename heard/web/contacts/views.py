"""Everything that we know of one person. Nothing here changes anything."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.contacts.merge import root
from heard.contacts.models import Contact
from heard.tickets.folders import BadCursor
from heard.tickets.history import history
from heard.web.agents import AgentRequest, for_agents
from heard.web.contacts.person import named_like, person
from heard.web.fragments import fragment
from heard.web.numbers import number_in

PAGE = "contacts/contact.html"


@require_safe
@for_agents
def contact(request: AgentRequest, contact_id: int) -> HttpResponse:
    """Whoever was merged leads to whom they went into."""
    found = contact_of(request, contact_id)
    if found.pk != contact_id:
        return redirect("contact", contact_id=found.pk)
    try:
        shown = person(
            found,
            request.agent,
            now=timezone.now(),
            words=request.GET.get("q", ""),
            cursor=request.GET.get("cursor", ""),
        )
    except BadCursor:
        return redirect("contact", contact_id=found.pk)
    return render(request, PAGE, {"shown": shown, "now": shown.now, "ticket": 0})


@require_safe
@for_agents
def side(request: AgentRequest, contact_id: int) -> HttpResponse:
    """The part that stands beside a ticket."""
    return beside(request, contact_of(request, contact_id))


@require_safe
@for_agents
def earlier(request: AgentRequest, contact_id: int) -> HttpResponse:
    found, cursor = contact_of(request, contact_id), request.GET.get("cursor", "")
    try:
        rows = history(found, request.agent, cursor=cursor)
    except BadCursor:
        return redirect("contact", contact_id=found.pk)
    context = {"contact": found, "rows": rows, "now": timezone.now()}
    return fragment(request, PAGE, "rows", context=context)


@require_safe
@for_agents
def alike(request: AgentRequest, contact_id: int) -> HttpResponse:
    """Whom one may merge with, while a name is typed."""
    found, words = contact_of(request, contact_id), request.GET.get("q", "")
    context = {
        "contact": found,
        "words": words,
        "found": named_like(found, request.agent, words),
        "ticket": ticket_named(request),
    }
    return fragment(request, PAGE, "alike", context=context)


def contact_of(request: AgentRequest, contact_id: int) -> Contact:
    known = get_object_or_404(Contact.objects.visible_to(request.agent), pk=contact_id)
    return root(known) if known.merged_into_id else known


def beside(request: AgentRequest, found: Contact) -> HttpResponse:
    now = timezone.now()
    shown = person(found, request.agent, now=now)
    context = {"shown": shown, "now": now, "ticket": ticket_named(request)}
    return fragment(request, PAGE, "side", context=context)


def ticket_named(request: AgentRequest) -> int:
    """The ticket beside which this stands, 0 for the page of its own."""
    return number_in(request.POST.get("ticket") or request.GET.get("ticket") or "")

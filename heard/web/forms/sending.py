"""Links to forms for one conversation: what is sent by them joins its ticket."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.env import env
from heard.forms.models import Form
from heard.forms.shown import shown
from heard.forms.signs import invitation_to
from heard.tickets.models import CONVERSATIONS, Ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.tickets.shown import ticket_of


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    address: str
    joins: bool  # the submission goes into this ticket


@require_safe
@for_agents
def show(request: AgentRequest, number: int) -> HttpResponse:
    """In the composer the list alone; without a script a page to copy from."""
    ticket = ticket_of(request, number)
    # What everybody reads must lead nobody into somebody's conversation.
    private = request.GET.get("mode") == "private" and ticket.kind in CONVERSATIONS
    forms = Form.objects.visible_to(request.agent).filter(is_on=True).order_by("name", "pk")
    context = {"ticket": ticket, "links": [_link(form, ticket, private=private) for form in forms]}
    if request.headers.get("HX-Request"):
        return fragment(request, "forms/sending.html", "links", context=context)
    return render(request, "forms/sending.html", context)


def _link(form: Form, ticket: Ticket, *, private: bool) -> Link:
    now = timezone.now()
    seen = shown(form, language=ticket.language or form.language, now=now)
    asked = {"lang": seen.language} | ({"t": invitation_to(form, ticket, now=now)} if private else {})
    address = f"{env().public_url}{reverse('form', kwargs={'address': form.address})}"
    return Link(seen.title, f"{address}?{urlencode(asked)}", private)

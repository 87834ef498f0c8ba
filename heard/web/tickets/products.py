"""Which product a ticket is about: by its name or its code."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.products.write import product_meant, products_of
from heard.tickets.name_product import name_product
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.shown import changed, ticket_of, trouble


@require_POST
@for_agents
def name(request: AgentRequest, number: int) -> HttpResponse:
    """Nothing typed: about no product."""
    ticket, typed = ticket_of(request, number), request.POST.get("product", "")[:200]
    product = product_meant(request.agent.workspace, typed)
    if typed.strip() and product is None:
        return trouble(request, ticket, _("There is no such product in the list."))
    name_product(ticket, product=product, by=request.agent, now=timezone.now())
    return changed(request, ticket)


@require_safe
@for_agents
def suggestions(request: AgentRequest, number: int) -> HttpResponse:
    ticket_of(request, number)
    language = get_language() or "en"
    known = products_of(request.agent.workspace, language=language)
    return render(request, "tickets/products.html", {"names": [one.named(language) for one in known]})

"""Which reply says what in which language."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from heard.contacts.models import Formality
from heard.replies.coverage import coverage, totals
from heard.replies.facts import LANGUAGES
from heard.replies.models import Audience
from heard.replies.queries import Asked, branches_of, listed
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.found import id_asked, today_of

MOST: Final = 500


@require_safe
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    agent, language = request.agent, get_language() or ""
    asked = Asked(folder=id_asked(request.GET.get("folder", "")))
    found = listed(agent, asked, today=today_of(agent), language=language).prefetch_related("variants")
    rows = coverage(found[:MOST])
    context = {
        "rows": rows,
        "totals": totals(rows),
        "languages": LANGUAGES,
        "language_here": language,
        "folder": asked.folder,
        "branches": branches_of(agent),
        "formalities": dict(Formality.choices),
        "audiences": dict(Audience.choices),
        "most": MOST,
    }
    return render(request, "replies/coverage.html", context)

"""All saved replies: by folder, place, tag and language, and by words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from babel.dates import format_date
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heard.replies.coverage import coverage
from heard.replies.facts import LANGUAGES
from heard.replies.find import search
from heard.replies.models import SavedReply
from heard.replies.of_facts import concerning
from heard.replies.queries import (
    ARCHIVED,
    DRAFTS,
    EXPIRED,
    MINE,
    STALE,
    WAITING,
    Asked,
    branches_of,
    counts,
    expires_soon,
    listed,
    tags_of,
)
from heard.replies.use import used
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.found import id_asked, today_of
from heard.web.times import reader_locale
from heard.workspaces.models import Agent

ON_A_PAGE: Final = 50
SOON: Final = timedelta(days=14)


@require_safe
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    agent, asked, today = request.agent, _asked(request), today_of(request.agent)
    page = max(1, id_asked(request.GET.get("page", "")) or 1)
    start = (min(page, 10_000) - 1) * ON_A_PAGE
    language = get_language() or ""
    found = listed(agent, asked, today=today, language=language).prefetch_related("variants")
    replies = list(found[start : start + ON_A_PAGE + 1])
    near = [] if replies else _near(agent, asked)
    rows = coverage(near or replies[:ON_A_PAGE])
    context: dict[str, Any] = {
        "asked": asked,
        "rows": rows,
        "near": bool(near),
        "used": used([row.reply for row in rows]),
        "page": page,
        "more": len(replies) > ON_A_PAGE,
        "query": _query(asked),
        "shelves": _places(),
        "counts": counts(agent, today=today),
        "branches": branches_of(agent),
        "tags": tags_of(agent),
        "languages": LANGUAGES,
        "language_here": language,
        "today": today,
        "expiring": [
            (reply, _day(reply.expires_on)) for reply in expires_soon(agent, today=today, until=today + SOON)
        ],
        "concerned": concerning(agent, today=today, now=timezone.now()),
        "is_empty": not rows and not SavedReply.objects.visible_to(agent).exists(),
    }
    return render(request, "replies/list.html", context)


def _near(agent: Agent, asked: Asked) -> list[SavedReply]:
    """Nothing has the words, and something may mean the same. Not within a folder or another bound."""
    if not asked.words or asked != Asked(words=asked.words):
        return []
    found = search(agent, asked.words, now=timezone.now()).replies
    prefetch_related_objects(found, "variants")
    return found


def _day(day: date | None) -> str:
    return format_date(day, "long", locale=reader_locale()) if day else ""


def _asked(request: AgentRequest) -> Asked:
    asked = request.GET
    place, language = asked.get("place", ""), asked.get("language", "")
    return Asked(
        words=asked.get("q", "").replace("\x00", "")[:200],
        folder=id_asked(asked.get("folder", "")),
        place=place if place in _places() else "",
        tag=asked.get("tag", "").replace("\x00", "")[:40],
        language=language if language in LANGUAGES else "",
    )


def _query(asked: Asked) -> str:
    """What the next page is asked with."""
    fields = {
        "q": asked.words,
        "folder": asked.folder,
        "place": asked.place,
        "tag": asked.tag,
        "language": asked.language,
    }
    return urlencode({name: value for name, value in fields.items() if value})


def _places() -> dict[str, str]:
    return {
        MINE: _("Mine"),
        STALE: _("Translations left behind"),
        EXPIRED: _("Expired"),
        WAITING: _("To approve"),
        DRAFTS: _("Drafts"),
        ARCHIVED: _("Archived"),
    }

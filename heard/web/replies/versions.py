"""What a saved reply said before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.replies import versions as keeping
from heard.replies.facts import BadFact
from heard.replies.models import ReplyVersion
from heard.replies.propose import change_of
from heard.replies.rights import NotYours, may_change
from heard.replies.versions import compared, versions_of
from heard.replies.way_words import way_words
from heard.replies.wording import BadWording
from heard.replies.write import NothingSaid
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.found import id_asked, reply_or_404, version_or_404


@require_safe
@for_agents
def show(request: AgentRequest, reply_id: int) -> HttpResponse:
    """Without a choice the last change."""
    reply = reply_or_404(request, reply_id)
    kept = versions_of(reply)
    newer = _chosen(kept, request.GET.get("newer", "")) or (kept[0] if kept else None)
    older = _chosen(kept, request.GET.get("older", "")) or (kept[1] if len(kept) > 1 else None)
    if older and newer and older.number > newer.number:
        older, newer = newer, older
    context = {
        "reply": reply,
        "title": reply.title(get_language() or ""),
        "versions": kept,
        "older": older,
        "newer": newer,
        "compared": compared(older, newer) if older and newer else [],
        "way_words": way_words,
        "may_change": may_change(reply, request.agent),
    }
    return render(request, "replies/versions.html", context)


@require_POST
@for_agents
def restore(request: AgentRequest, reply_id: int, version: int) -> HttpResponse:
    reply = reply_or_404(request, reply_id)
    chosen = version_or_404(request, reply, version)
    try:
        restored = keeping.restore(reply, chosen, by=request.agent, now=timezone.now())
    except NotYours:
        messages.error(request, _("Only its owner and admins may change it."))
    except (BadFact, BadWording, NothingSaid):
        messages.error(request, _("This version cannot be restored: its words are no longer allowed."))
    else:
        if change_of(restored) is not None:
            messages.success(
                request, _("Saved. Until an admin approves the change, it says what it said before.")
            )
            return redirect("saved_reply", reply_id=reply_id)
        messages.success(request, _("Its words are again those of version %(number)s.") % {"number": version})
    return redirect("saved_reply", reply_id=reply_id)


def _chosen(kept: list[ReplyVersion], asked: str) -> ReplyVersion | None:
    number = id_asked(asked)
    return next((one for one in kept if one.number == number), None)

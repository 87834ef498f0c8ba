"""Bring in the library that comes with Heard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from heard.replies.starter import add_starter
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins


@require_POST
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    brought = add_starter(request.agent.workspace, by=request.agent, now=timezone.now())
    count = brought.added + brought.grown
    if count:
        words = ngettext(
            "%(count)s saved reply was brought in.", "%(count)s saved replies were brought in.", count
        )
        messages.success(request, words % {"count": count})
    else:
        messages.success(request, _("You have the whole library already."))
    return redirect("replies")

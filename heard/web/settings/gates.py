"""Who may open a page of the settings, and when they have to prove again that it is them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.web.agents import AgentRequest, for_agents

View = Callable[..., HttpResponseBase]
OPENED = "form_opened_at"
# Typing in what a network's console shows takes longer than a proof lasts.
SECONDS_TO_FILL_IN = 30 * 60


def for_admins(view: View) -> View:
    """Let only admins in. Agents are told whom to ask."""

    @wraps(view)
    def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.agent.is_admin:
            return render(request, "errors/forbidden.html", {"admins_only": True}, status=403)
        return view(request, *args, **kwargs)

    return for_agents(guarded)


def proved(view: View) -> View:
    """Open the page only to somebody who has just confirmed that it is them.

    What is posted from it is taken for half an hour. Later it is not kept aside until the next proof,
    as allauth would do, because the session in the database is no place for a network's secrets.
    """
    shown = reauthentication_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = timezone.now().timestamp()
        if request.method == "GET":
            response: HttpResponseBase = shown(request, *args, **kwargs)
            request.session[OPENED] = now
            return response
        if now - request.session.get(OPENED, 0) < SECONDS_TO_FILL_IN:
            return view(request, *args, **kwargs)
        messages.error(request, _("Nothing was saved: the page was open for too long. Enter it again."))
        return redirect(request.path)

    return guarded

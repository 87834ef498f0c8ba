"""Who asks: the signed-in user as the agent of one workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from heard.accounts.models import User
from heard.web.sign_in.backend import AT_WORK
from heard.workspaces.models import Agent

WORKSPACE = "workspace"  # the session's key for the workspace that somebody works in at present


class AgentRequest(HttpRequest):
    """A request by an agent at work. `@for_agents` sees to it."""

    agent: Agent


class Away(Exception):
    """Signed in, but not at work in any workspace."""


def for_agents(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only agents in. Others are shown the sign-in page, and come back here from it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return _sign_in(request)
        try:
            cast("AgentRequest", request).agent = agent_of(request)
        except Away:
            return render(request, "errors/away.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def agent_of(request: HttpRequest) -> Agent:
    """The user in the workspace chosen last, else in the first one. Raises Away."""
    user = cast("User", request.user)
    agent = chosen(_at_work(user), request.session)
    if agent is None:
        raise Away
    agent.user = user
    return agent


def chosen(agents: Iterable[Agent], session: Mapping[str, Any]) -> Agent | None:
    workspace = session.get(WORKSPACE)
    return min(agents, key=lambda agent: agent.workspace_id != workspace, default=None)


def _at_work(user: User) -> list[Agent]:
    """Read with the user, unless somebody signed in just now."""
    read: list[Agent] | None = getattr(user, AT_WORK, None)
    if read is not None:
        return read
    agents = Agent.objects.filter(user=user, is_active=True, user__is_active=True)
    return list(agents.select_related("workspace").order_by("pk"))


def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A fragment cannot hold a sign-in page: the browser goes there as a whole.
        response = HttpResponseClientRedirect(redirect_to_login("/").url)
        response.status_code = 401
        return response
    return redirect_to_login(request.get_full_path())

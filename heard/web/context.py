"""What every page knows."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from heard.accounts.models import User
from heard.realtime.keys import stream_key
from heard.web.numbers import number_in
from heard.web.places import rail
from heard.workspaces.models import Agent

LIST_WIDTHS = range(260, 641)


def page(request: HttpRequest) -> dict[str, Any]:
    agent = getattr(request, "agent", None)
    user = getattr(request, "user", None)
    return {
        "request": request,
        "agent": agent,
        "stream": stream_address(request, agent) if agent else "",
        "time_zone": user.time_zone if isinstance(user, User) else "UTC",
        "theme": user.theme if isinstance(user, User) else User.Theme.SYSTEM,
        "nonce": str(getattr(request, "csp_nonce", "")),
        "rail": partial(
            rail, request.path, is_agent=agent is not None, is_admin=agent is not None and agent.is_admin
        ),
        "list_width": _list_width(request),
        "side_folded": request.COOKIES.get("heard_side") == "folded",
        "htmx_settings": HTMX,
    }


def stream_address(request: HttpRequest, agent: Agent) -> str:
    key = stream_key(agent.pk, agent.workspace_id, request.session.session_key or "")
    return f"/live?{urlencode({'key': key})}"


def _list_width(request: HttpRequest) -> int | None:
    """As wide as the agent drew it; known before the first paint, so that nothing shifts."""
    width = request.COOKIES.get("heard_list", "")
    return number_in(width) if number_in(width) in LIST_WIDTHS else None


# The page in front of the user is never kept in the browser's storage: it holds customers' words.
HTMX = """{
  "allowEval": false,
  "includeIndicatorStyles": false,
  "selfRequestsOnly": true,
  "historyCacheSize": 0,
  "disableInheritance": true,
  "scrollIntoViewOnBoost": false,
  "timeout": 20000,
  "defaultSettleDelay": 0,
  "responseHandling": [
    {"code": "204", "swap": false},
    {"code": "[23]..", "swap": true},
    {"code": "422", "swap": true},
    {"code": "...", "swap": false, "error": true}
  ]
}"""

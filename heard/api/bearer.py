"""Who asks: a program that shows a token acts as the token's agent, and speaks the agent's language."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from heard.accounts.secrets import hashed
from heard.api.asking import ApiRequest
from heard.api.problems import NOT_SIGNED_IN, TOO_MANY, Problem, later
from heard.api.rates import counted
from heard.workspaces.models import Agent
from heard.workspaces.tokens import agent_of


class Token(HttpBearer):
    """`Authorization: Bearer heard_…`. A session's cookie opens nothing here, so no page can forge a call."""

    def __call__(self, request: HttpRequest) -> Any:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise not_signed_in()
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Agent:
        agent = agent_of(token, now=timezone.now())
        if agent is None:
            raise not_signed_in(error="invalid_token")
        translation.activate(agent.user.language)
        asked = cast("ApiRequest", request)
        asked.agent, asked.token_hash = agent, hashed(token)
        _count(asked)
        return agent


def not_signed_in(*, error: str = "") -> Problem:
    challenge = 'Bearer realm="heard"' + (f', error="{error}"' if error else "")
    return Problem(
        NOT_SIGNED_IN,
        _("This token is unknown, or it was revoked.") if error else _("Send “Authorization: Bearer …”."),
        headers={"WWW-Authenticate": challenge},
    )


def _count(request: ApiRequest) -> None:
    request.rate = counted(request.token_hash, writes=request.method != "GET")
    if request.rate.exceeded:
        raise later(
            TOO_MANY,
            _("At most %(limit)d calls of this sort a minute.") % {"limit": request.rate.limit},
            seconds=request.rate.retry_after,
        )

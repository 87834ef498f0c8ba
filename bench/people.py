"""Agents who are signed in: a session as the browser holds it, and what it opens."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from heard.realtime.keys import stream_key
from heard.workspaces.models import Agent


@dataclass(frozen=True)
class SignedIn:
    agent: Agent
    session: str

    @property
    def cookie(self) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={self.session}"

    @property
    def stream(self) -> str:
        """The address of the event stream, as this agent's pages name it."""
        key = stream_key(self.agent.pk, self.agent.workspace_id, self.session)
        return f"/live?{urlencode({'key': key})}"


def sign_in(agent: Agent) -> SignedIn:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(agent.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = agent.user.get_session_auth_hash()
    session.create()
    return SignedIn(agent, str(session.session_key))

"""Who sits before many browsers, asked at once: what the middlewares find out for one request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils.crypto import constant_time_compare

from heard.web.agents import chosen
from heard.web.sign_in.expiry import has_ended
from heard.web.sign_in.sessions import SessionStore
from heard.workspaces.models import Agent

MOST_KEPT = 2_048
_SESSIONS = """
    SELECT session_key, session_data FROM django_session WHERE session_key = ANY(%s) AND expire_date > %s
"""
_READ = ("workspace_id", "user__password", "user__language", "user__time_zone")


def at_work(sessions: Collection[str], *, now: datetime) -> dict[str, Agent]:
    """By the keys of their sessions, in two statements. Without those whom the middlewares have more to do with:
    who was signed out or let go, whose session ended or is new, who works nowhere."""
    found = {key: session for key, session in _read(sessions, now).items() if _goes_on(session, now)}
    agents = _agents({int(session[SESSION_KEY]) for session in found.values()})
    there = {key: chosen(agents[int(session[SESSION_KEY])], session) for key, session in found.items()}
    return {key: agent for key, agent in there.items() if agent and _proved(found[key], agent)}


def _read(sessions: Collection[str], now: datetime) -> dict[str, Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_SESSIONS, (list(sessions), now))
        return {key: _opened(text) for key, text in cursor.fetchall()}


@lru_cache(maxsize=MOST_KEPT)
def _opened(text: str) -> Mapping[str, Any]:
    """Its signature stands in the text: the same text has always the same meaning."""
    opened: Mapping[str, Any] = SessionStore().decode(text)
    return opened


def _goes_on(session: Mapping[str, Any], now: datetime) -> bool:
    if SESSION_KEY not in session or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    try:
        return not has_ended(session, now=now.timestamp())
    except KeyError:
        return False


def _agents(users: Collection[int]) -> Mapping[int, list[Agent]]:
    agents: dict[int, list[Agent]] = defaultdict(list)
    active = Agent.objects.filter(user__in=users, is_active=True, user__is_active=True)
    for agent in active.select_related("user").only(*_READ).order_by("pk"):
        agents[agent.user_id].append(agent)
    return agents


def _proved(session: Mapping[str, Any], agent: Agent) -> bool:
    """A changed password ends the other sessions."""
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), agent.user.get_session_auth_hash())

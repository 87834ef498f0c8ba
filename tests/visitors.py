"""Browsers of agents, for tests of pages: signed in, and sure enough of who they are."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from pytest_django.fixtures import Settings

from heard.web.sign_in.sessions import SessionStore
from heard.workspaces.models import Agent


def signed_in(agent: Agent, *, proved: bool = True) -> Client:
    """`proved`: the agent has just confirmed who they are, as settings with secrets want it."""
    client = Client()
    # One INSERT; Django's `force_login` asks the database seventeen statements, in half of all tests of pages.
    session = SessionStore()
    session.update(_just_signed_in(agent) | (_proof(agent) if proved else {}))
    session.create()
    client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def _just_signed_in(agent: Agent) -> dict[str, Any]:
    return {
        SESSION_KEY: str(agent.user_id),
        BACKEND_SESSION_KEY: configured.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: agent.user.get_session_auth_hash(),
        "workspace": agent.workspace_id,
    }


def _proof(agent: Agent) -> dict[str, Any]:
    now = time.time()
    return {
        "account_authentication_methods": [{"method": "password", "at": now, "reauthenticated": True}],
        "account_authentication_methods_user": str(agent.user_id),
        "form_opened_at": now,
    }


@pytest.fixture
def plain_static(settings: Settings) -> None:
    """Static files by their own names, as nothing was collected for a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

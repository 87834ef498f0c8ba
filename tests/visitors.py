"""Browsers of agents, for tests of pages: signed in, and sure enough of who they are."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from heard.workspaces.models import Agent


def signed_in(agent: Agent, *, proved: bool = True) -> Client:
    """`proved`: the agent has just confirmed who they are, as settings with secrets want it."""
    client = Client()
    client.force_login(agent.user)
    session = client.session
    session["workspace"] = agent.workspace_id
    if proved:
        now = time.time()
        session["account_authentication_methods"] = [
            {"method": "password", "at": now, "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(agent.user_id)
        session["form_opened_at"] = now
    session.save()
    return client


@pytest.fixture
def plain_static(settings: Settings) -> None:
    """Static files by their own names, as nothing was collected for a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

"""Programs that call the API, over Django's whole stack."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.workspaces.models import Agent
from heard.workspaces.tokens import issue_token
from tests.cast import Network

Answer = Any  # django-stubs' name of it is private


class Program:
    """Acts for one agent by a token."""

    def __init__(self, agent: Agent, token: str = "") -> None:
        self.agent = agent
        self.token = token or issue_token(agent, name="test", now=timezone.now())
        self.client = Client(headers={"authorization": f"Bearer {self.token}"})

    def get(self, path: str, **query: Any) -> Answer:
        return self.client.get(f"/api/v1{path}", query)

    def post(
        self, path: str, body: str | bytes | None = None, *, key: str | None = None, **fields: Any
    ) -> Answer:
        sent = json.dumps(fields) if body is None and fields else body or b""
        headers = {"Idempotency-Key": key} if key is not None else {}
        return self.client.post(f"/api/v1{path}", sent, content_type="application/json", headers=headers)


@pytest.fixture
def program(bea: Agent) -> Program:
    return Program(bea)


@pytest.fixture
def today(facebook: Network, messenger: Network) -> None:
    """Customers write an hour ago, so that every window for answering is open."""
    facebook.now = messenger.now = timezone.now() - timedelta(hours=1)

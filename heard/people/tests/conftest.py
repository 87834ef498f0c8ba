from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heard.accounts.models import User
from heard.workspaces.create import add_agent, create_workspace
from heard.workspaces.models import Agent, Workspace

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def acme(db: None) -> Workspace:
    return create_workspace("Acme Shop", slug="acme", now=NOON)


@pytest.fixture
def ann(acme: Workspace) -> Agent:
    user = User.objects.create_user("ann@example.org", name="Ann")
    return add_agent(acme, user, name="Ann", role=Agent.Role.ADMIN)


@pytest.fixture
def bea(acme: Workspace) -> Agent:
    return add_agent(acme, User.objects.create_user("bea@example.org", name="Bea"), name="Bea")


@pytest.fixture
def other(db: None) -> Workspace:
    return create_workspace("Other Brand", slug="other", now=NOON)

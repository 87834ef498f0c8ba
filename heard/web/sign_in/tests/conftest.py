from __future__ import annotations

import pytest
from django.core.cache import cache

from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.visitors import plain_static as plain_static

PASSWORD = "correct horse battery"


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def with_password(ann: Agent) -> Agent:
    ann.user.set_password(PASSWORD)
    ann.user.save()
    return ann


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()

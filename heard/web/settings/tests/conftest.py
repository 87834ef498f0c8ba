from __future__ import annotations

import pytest

from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.visitors import plain_static as plain_static


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def bea(ann: Agent) -> Agent:
    return an_agent(ann.workspace, "Bea")

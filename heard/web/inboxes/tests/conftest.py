from __future__ import annotations

import pytest
from django.test import Client

from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent, an_inbox
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def anns(ann: Agent) -> Client:
    return signed_in(ann)


@pytest.fixture
def shop(ann: Agent) -> Inbox:
    return an_inbox(ann.workspace)

"""Fixtures for the tests beside the code: a workspace, its people, its accounts at the networks."""

from __future__ import annotations

import pytest

from heard.workspaces.models import Agent, Workspace
from tests.cast import Network, a_workspace, an_agent, an_inbox


@pytest.fixture
def acme(db: None) -> Workspace:
    return a_workspace("Acme")


@pytest.fixture
def ann(acme: Workspace) -> Agent:
    return an_agent(acme, "Ann", Agent.Role.ADMIN)


@pytest.fixture
def bea(acme: Workspace) -> Agent:
    return an_agent(acme, "Bea")


@pytest.fixture
def oto(acme: Workspace) -> Agent:
    return an_agent(acme, "Oto")


@pytest.fixture
def cyril(db: None) -> Agent:
    """He works for somebody else on the same installation."""
    return an_agent(a_workspace("Other"), "Cyril", Agent.Role.ADMIN)


@pytest.fixture
def facebook(acme: Workspace) -> Network:
    return Network(an_inbox(acme, "facebook"))


@pytest.fixture
def messenger(acme: Workspace) -> Network:
    return Network(an_inbox(acme, "messenger"))

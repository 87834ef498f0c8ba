from __future__ import annotations

from datetime import timedelta

import pytest

from heard.accounts import sign_in_links
from heard.accounts.models import User
from heard.people.add import Added, AlreadyHere, add
from heard.people.reach import AtWorkElsewhere
from heard.people.tests.conftest import NOON
from heard.people.tests.events import last_event
from heard.workspaces.create import add_agent
from heard.workspaces.models import Agent, Workspace

SITE = "https://heard.example.org"


def added(workspace: Workspace, by: Agent, email: str = "dana@example.org") -> Added:
    return add(workspace, email=email, name="Dana", role=Agent.Role.AGENT, by=by, now=NOON, public_url=SITE)


def test_a_new_person_gets_a_link_that_works_once(acme: Workspace, ann: Agent) -> None:
    dana = added(acme, ann)

    assert dana.link is not None
    assert dana.link.startswith(f"{SITE}/sign-in/")
    secret = dana.link.rpartition("/")[2]
    assert sign_in_links.redeem(secret, now=NOON) == dana.agent.user
    assert sign_in_links.redeem(secret, now=NOON) is None
    assert last_event()[0] == "AgentAdded"


def test_looking_at_a_link_does_not_use_it_up(acme: Workspace, ann: Agent) -> None:
    dana = added(acme, ann)
    assert dana.link is not None
    secret = dana.link.rpartition("/")[2]

    assert sign_in_links.look(secret, now=NOON) == dana.agent.user
    assert sign_in_links.look(secret, now=NOON) == dana.agent.user
    assert sign_in_links.look(secret, now=NOON + timedelta(hours=25)) is None


def test_the_same_person_is_not_added_twice(acme: Workspace, ann: Agent, bea: Agent) -> None:
    with pytest.raises(AlreadyHere):
        added(acme, ann, email="BEA@example.org")


def test_an_admin_of_both_workspaces_adds_somebody_of_the_other_without_a_link(
    acme: Workspace, ann: Agent, other: Workspace
) -> None:
    add_agent(other, ann.user, name="Ann", role=Agent.Role.ADMIN)
    cyril = User.objects.create_user("cyril@example.org")
    add_agent(other, cyril, name="Cyril")

    assert added(acme, ann, email="cyril@example.org").link is None


def test_nobody_reaches_into_a_workspace_that_is_not_theirs(
    acme: Workspace, ann: Agent, other: Workspace
) -> None:
    cyril = User.objects.create_user("cyril@example.org")
    add_agent(other, cyril, name="Cyril", role=Agent.Role.ADMIN)

    with pytest.raises(AtWorkElsewhere):
        added(acme, ann, email="cyril@example.org")
    assert not Agent.objects.filter(workspace=acme, user=cyril).exists()

from __future__ import annotations

import pytest

from heard.accounts.models import User
from heard.people.teams import NameTaken, change_team, make_team, remove_team
from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds
from heard.workspaces.create import add_agent
from heard.workspaces.models import Agent, Team, Workspace


def test_a_team_is_made_changed_and_removed(acme: Workspace, ann: Agent, bea: Agent) -> None:
    team = make_team(acme, name="Parcels", members=[ann], by=ann, now=NOON)
    change_team(team, name="Parcels and returns", members=[ann, bea], by=ann, now=NOON)

    assert {agent.name for agent in Team.objects.get().members.all()} == {"Ann", "Bea"}

    remove_team(team, by=ann, now=NOON)
    assert kinds() == ["TeamMade", "TeamChanged", "TeamRemoved"]


def test_two_teams_have_two_names(acme: Workspace, ann: Agent) -> None:
    make_team(acme, name="Parcels", members=[], by=ann, now=NOON)

    with pytest.raises(NameTaken):
        make_team(acme, name="parcels", members=[], by=ann, now=NOON)


def test_people_of_another_workspace_do_not_get_in(acme: Workspace, ann: Agent, other: Workspace) -> None:
    stranger = add_agent(other, User.objects.create_user("eve@example.org"), name="Eve")

    team = make_team(acme, name="Parcels", members=[ann, stranger], by=ann, now=NOON)

    assert list(team.members.all()) == [ann]

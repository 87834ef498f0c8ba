"""Groups of agents, to whom inboxes and tickets can belong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import TeamChanged, TeamMade, TeamRemoved
from heard.workspaces.models import Agent, Team, Workspace


class NameTaken(Exception):
    """Another team of this workspace has that name."""


@transaction.atomic
def make_team(workspace: Workspace, *, name: str, members: Iterable[Agent], by: Agent, now: datetime) -> Team:
    """Raises NameTaken."""
    _hold_name(workspace.pk, name)
    team = Team.objects.create(workspace=workspace, name=name)
    publish(TeamMade(**_about(team, by, now), members=_set_members(team, members)))
    return team


@transaction.atomic
def change_team(team: Team, *, name: str, members: Iterable[Agent], by: Agent, now: datetime) -> None:
    """Raises NameTaken."""
    _hold_name(team.workspace_id, name, but=team.pk)
    team.name = name
    team.save(update_fields=["name"])
    publish(TeamChanged(**_about(team, by, now), members=_set_members(team, members)))


@transaction.atomic
def remove_team(team: Team, *, by: Agent, now: datetime) -> None:
    """Its inboxes and tickets belong to no team from then on."""
    event = TeamRemoved(**_about(team, by, now))
    team.delete()
    publish(event)


def _hold_name(workspace_id: int, name: str, *, but: int | None = None) -> None:
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)
    named = Team.objects.filter(workspace=workspace_id, name__iexact=name).values_list("pk", flat=True)
    if set(named) - {but}:
        raise NameTaken


def _set_members(team: Team, members: Iterable[Agent]) -> list[int]:
    """People of another workspace are left out, whoever asks for them."""
    own = [agent for agent in members if agent.workspace_id == team.workspace_id]
    team.members.set(own)
    return sorted(agent.pk for agent in own)


def _about(team: Team, by: Agent, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": team.workspace_id,
        "at": now,
        "by_id": by.pk,
        "team_id": team.pk,
        "team": team.name,
    }

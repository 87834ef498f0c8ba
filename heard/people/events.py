"""What can happen to a workspace and to those who work in it. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heard.events.publishing import Event
from heard.workspaces.models import Agent


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class WorkspaceChanged(Event):
    changed: list[str]


class HoursChanged(Event): ...


@dataclass(frozen=True, kw_only=True)
class WordingChanged(Event):
    """What answers are checked for."""

    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class AgentEvent(Event):
    agent_id: int
    agent: str


@dataclass(frozen=True, kw_only=True)
class AgentAdded(AgentEvent):
    role: str


class SignInLinkGiven(AgentEvent):
    """An admin made a link that signs this agent in once."""


@dataclass(frozen=True, kw_only=True)
class RoleChanged(AgentEvent):
    role: str


@dataclass(frozen=True, kw_only=True)
class OverrideRightChanged(AgentEvent):
    """May this agent send what a check stops?"""

    may_override: bool


@dataclass(frozen=True, kw_only=True)
class SendsChanged(AgentEvent):
    sends: bool


class AgentLeft(AgentEvent): ...


class AgentCameBack(AgentEvent): ...


@dataclass(frozen=True, kw_only=True)
class TeamEvent(Event):
    team_id: int
    team: str


@dataclass(frozen=True, kw_only=True)
class TeamMade(TeamEvent):
    members: list[int]


@dataclass(frozen=True, kw_only=True)
class TeamChanged(TeamEvent):
    members: list[int]


class TeamRemoved(TeamEvent): ...


@dataclass(frozen=True, kw_only=True)
class TokenEvent(Event):
    token: str
    agent_id: int


class TokenIssued(TokenEvent): ...


class TokenRevoked(TokenEvent): ...


def about(agent: Agent, *, by: Agent, now: datetime) -> dict[str, Any]:
    """What every event about a colleague says."""
    return {
        "workspace_id": agent.workspace_id,
        "at": now,
        "by_id": by.pk,
        "agent_id": agent.pk,
        "agent": agent.name,
    }

"""Agents and contacts as other shapes name them."""

from __future__ import annotations

from typing_extensions import TypedDict

from heard.workspaces import models as workspaces


class AgentName(TypedDict):
    id: int
    name: str


class ContactName(TypedDict):
    id: int
    name: str
    language: str


class Team(TypedDict):
    id: int
    name: str


def agent_name(agent: workspaces.Agent | None) -> AgentName | None:
    return {"id": agent.pk, "name": agent.name} if agent else None

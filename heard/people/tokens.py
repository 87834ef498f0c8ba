"""A program may act as an agent, until somebody says no."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import TokenIssued, TokenRevoked
from heard.workspaces import tokens
from heard.workspaces.models import Agent, ApiToken


@transaction.atomic
def issue_token(agent: Agent, *, name: str, now: datetime) -> str:
    """The secret itself, shown this once."""
    secret = tokens.issue_token(agent, name=name, now=now)
    publish(TokenIssued(**_about(agent, name, by=agent, now=now)))
    return secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Agent, now: datetime) -> None:
    if token.revoked_at is not None:
        return
    tokens.revoke_token(token, now=now)
    publish(TokenRevoked(**_about(token.agent, token.name, by=by, now=now)))


def _about(agent: Agent, name: str, *, by: Agent, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": agent.workspace_id,
        "at": now,
        "by_id": by.pk,
        "token": name,
        "agent_id": agent.pk,
    }

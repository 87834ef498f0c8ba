"""API tokens: a program acts as an agent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from heard.accounts.secrets import hashed, new_secret
from heard.workspaces.models import Agent, ApiToken
from heard.workspaces.prepared import prepared

# Written at most this often, so that a busy program does not turn every read into a write.
USE_NOTED_EVERY = timedelta(minutes=5)


def issue_token(agent: Agent, *, name: str, now: datetime) -> str:
    """The secret itself, shown this once; we keep a hash."""
    secret = new_secret("heard")
    ApiToken.objects.create(
        workspace_id=agent.workspace_id, agent=agent, name=name, secret_hash=hashed(secret), created_at=now
    )
    return secret


def agent_of(secret: str, *, now: datetime) -> Agent | None:
    found = _tokens(secret_hash=hashed(secret))
    if not found:
        return None
    token = found[0]
    if token.used_at is None or token.used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.agent


@prepared
def _tokens(*, secret_hash: str) -> QuerySet[ApiToken]:
    valid = ApiToken.objects.filter(
        secret_hash=secret_hash, revoked_at=None, agent__is_active=True, agent__user__is_active=True
    )
    return valid.select_related("agent__user", "agent__workspace")


def revoke_token(token: ApiToken, *, now: datetime) -> None:
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)

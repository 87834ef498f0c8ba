"""A colleague stops working here. What they wrote stays; they can come back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import AgentLeft, about
from heard.people.last_admin import keep_one_admin
from heard.workspaces.models import Agent, ApiToken


@transaction.atomic
def leave(agent: Agent, *, by: Agent, now: datetime) -> None:
    """Their API tokens stop at once, and so does every page of theirs. Raises LastAdmin."""
    if not agent.is_active:
        return
    keep_one_admin(agent)
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    ApiToken.objects.filter(agent=agent, revoked_at=None).update(revoked_at=now)
    publish(AgentLeft(**about(agent, by=by, now=now)))

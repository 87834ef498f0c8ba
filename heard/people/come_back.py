"""A colleague who had left works here again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import AgentCameBack, about
from heard.workspaces.models import Agent


@transaction.atomic
def come_back(agent: Agent, *, by: Agent, now: datetime) -> None:
    if agent.is_active:
        return
    agent.is_active = True
    agent.save(update_fields=["is_active"])
    publish(AgentCameBack(**about(agent, by=by, now=now)))

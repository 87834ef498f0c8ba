"""What a colleague may do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import RoleChanged, about
from heard.people.last_admin import keep_one_admin
from heard.workspaces.models import Agent


@transaction.atomic
def change_role(agent: Agent, *, role: Agent.Role, by: Agent, now: datetime) -> None:
    """Raises LastAdmin."""
    if agent.role == role:
        return
    if role != Agent.Role.ADMIN:
        keep_one_admin(agent)
    agent.role = role
    agent.save(update_fields=["role"])
    publish(RoleChanged(**about(agent, by=by, now=now), role=role))

"""Who sees which saved reply: what is not approved yet is its owner's and the admins' alone."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from heard.workspaces.models import Agent, OfWorkspace

M = TypeVar("M", bound=models.Model)


def seen_by(agent: Agent, prefix: str = "") -> Q:
    """Approved, or the agent's own. Admins see everything."""
    if agent.is_admin:
        return Q()
    return Q(**{f"{prefix}approval": "approved"}) | Q(**{f"{prefix}owner": agent.pk})


class Replies(OfWorkspace[M]):
    def visible_to(self, agent: Agent) -> Self:
        return super().visible_to(agent).filter(seen_by(agent))

    def offered(self, agent: Agent, *, today: date) -> Self:
        """What may be used in answers: neither archived nor expired."""
        return self.visible_to(agent).in_use(today=today)

    def in_use(self, *, today: date) -> Self:
        in_time = Q(expires_on=None) | Q(expires_on__gte=today)
        return self.filter(in_time, archived_at=None)


class OfReply(OfWorkspace[M]):
    """Rows that belong to a saved reply, and are seen by whoever sees that."""

    def visible_to(self, agent: Agent) -> Self:
        return super().visible_to(agent).filter(seen_by(agent, "reply__"))

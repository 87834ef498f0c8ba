"""The macros of a workspace, in the order that people look for them."""

from __future__ import annotations

from django.db.models import QuerySet

from heard.replies.models import Macro
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared


def macros_of(agent: Agent) -> list[Macro]:
    return sorted(known_macros(agent=agent), key=lambda macro: macro.name.casefold())


@prepared
def known_macros(*, agent: Agent) -> QuerySet[Macro]:
    return Macro.objects.visible_to(agent).select_related("reply", "assignee", "team")

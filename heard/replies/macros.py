"""The macros of a workspace, in the order that people look for them."""

from __future__ import annotations

from heard.replies.models import Macro
from heard.workspaces.models import Agent


def macros_of(agent: Agent) -> list[Macro]:
    known = Macro.objects.visible_to(agent).select_related("reply", "assignee", "team")
    return sorted(known, key=lambda macro: macro.name.casefold())

"""Who may do what with a saved reply: agents with their own, admins with all."""

from __future__ import annotations

from heard.replies.models import SavedReply
from heard.workspaces.models import Agent


class NotYours(Exception):
    """It belongs to somebody else, and only admins change those."""


class ForAdmins(Exception):
    """Only admins may."""


def may_change(reply: SavedReply, agent: Agent) -> bool:
    return reply.workspace_id == agent.workspace_id and (agent.is_admin or reply.owner_id == agent.pk)


def stop_unless_may_change(reply: SavedReply, agent: Agent) -> None:
    """Raises NotYours."""
    if not may_change(reply, agent):
        raise NotYours


def stop_unless_admin(agent: Agent) -> None:
    """Raises ForAdmins."""
    if not agent.is_admin:
        raise ForAdmins

"""A workspace without an admin could never be changed again."""

from __future__ import annotations

from heard.workspaces.models import Agent, Workspace


class LastAdmin(Exception):
    """The only admin at work cannot stop being one: name another first."""


def keep_one_admin(agent: Agent) -> None:
    """Raises LastAdmin. Call it in the transaction of the change: it holds the workspace until the end."""
    Workspace.objects.select_for_update(no_key=True).get(pk=agent.workspace_id)
    admins = Agent.objects.filter(workspace=agent.workspace_id, role=Agent.Role.ADMIN, is_active=True)
    if agent.is_admin and not admins.exclude(pk=agent.pk).exists():
        raise LastAdmin

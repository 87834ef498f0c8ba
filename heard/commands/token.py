"""Print a new API token."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from heard.commands import CannotRun
from heard.commands.django_ready import make_ready

if TYPE_CHECKING:
    from heard.workspaces.models import Agent

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", metavar="SLUG", help="the workspace; its first admin gets the token")
    parser.add_argument("--agent", metavar="EMAIL", help="give the token to this agent instead")
    parser.add_argument("--name", default="made with heard token", help="what the token is for")


def run(arguments: argparse.Namespace) -> int:
    make_ready()
    from django.utils import timezone

    from heard.workspaces.tokens import issue_token

    agent = _agent(arguments.workspace, arguments.agent)
    print(issue_token(agent, name=arguments.name, now=timezone.now()))
    return 0


def _agent(workspace: str | None, email: str | None) -> Agent:
    from heard.workspaces.models import Agent

    # The operator of the installation stands above its workspaces: no agent asks here.
    found = Agent.objects.filter(is_active=True, user__is_active=True)
    if workspace is not None:
        found = found.filter(workspace__slug=workspace)
    found = (
        found.filter(user__email__iexact=email) if email is not None else found.filter(role=Agent.Role.ADMIN)
    )
    agents = list(found.order_by("pk").select_related("workspace"))
    if not agents:
        raise CannotRun(
            "There is no such agent. `heard token --workspace SLUG` or `--agent EMAIL` names one."
        )
    if len({agent.workspace_id for agent in agents}) > 1:
        slugs = ", ".join(sorted({agent.workspace.slug for agent in agents}))
        raise CannotRun(f"Say which workspace, with --workspace: {slugs}.")
    return agents[0]

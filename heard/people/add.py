"""Somebody new comes to work here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.accounts import sign_in_links
from heard.accounts.models import User
from heard.events.publishing import publish
from heard.people.events import AgentAdded, about
from heard.people.reach import check_reach
from heard.workspaces.create import add_agent
from heard.workspaces.models import Agent, Workspace


class AlreadyHere(Exception):
    """The person works here, or did and can be asked back."""


@dataclass(frozen=True)
class Added:
    """`link` signs the new person in once; None for somebody who has a way to sign in already."""

    agent: Agent
    link: str | None


@transaction.atomic
def add(
    workspace: Workspace,
    *,
    email: str,
    name: str,
    role: Agent.Role,
    by: Agent,
    now: datetime,
    public_url: str,
) -> Added:
    """Raises AlreadyHere, or AtWorkElsewhere."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    user = User.objects.filter(email__iexact=email).first()
    known = user is not None
    if user is None:
        user = User.objects.create_user(
            email, name=name, language=workspace.language, time_zone=workspace.time_zone
        )
    if Agent.objects.filter(workspace=workspace, user=user).exists():
        raise AlreadyHere
    check_reach(user, by=by)
    agent = add_agent(workspace, user, name=name, role=role)
    publish(AgentAdded(**about(agent, by=by, now=now), role=role))
    link = None if known else sign_in_links.issue(user, now=now, public_url=public_url)
    return Added(agent, link)

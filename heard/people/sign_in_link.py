"""A new way in for a colleague who lost theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.accounts import sign_in_links
from heard.events.publishing import publish
from heard.people.events import SignInLinkGiven, about
from heard.people.reach import check_reach
from heard.workspaces.models import Agent


class NotAtWork(Exception):
    """The agent has left, and a link would sign nobody in."""


@transaction.atomic
def give_sign_in_link(agent: Agent, *, by: Agent, now: datetime, public_url: str) -> str:
    """The link itself, shown this once; older ones stop working. Raises NotAtWork, or AtWorkElsewhere."""
    if not agent.is_active:
        raise NotAtWork
    check_reach(agent.user, by=by)
    sign_in_links.revoke(agent.user)
    publish(SignInLinkGiven(**about(agent, by=by, now=now)))
    return sign_in_links.issue(agent.user, now=now, public_url=public_url)

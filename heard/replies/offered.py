"""Which saved replies an agent may put into an answer today."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from heard.replies.models import SavedReply
from heard.replies.visible import Replies
from heard.workspaces.models import Agent


def offered_to(agent: Agent, *, now: datetime) -> Replies[SavedReply]:
    """By the workspace's calendar: on its last day a reply is still right."""
    today = localdate(now, ZoneInfo(agent.workspace.time_zone))
    return SavedReply.objects.offered(agent, today=today)

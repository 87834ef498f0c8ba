"""Which saved replies an agent may put into an answer today."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from heard.replies.models import SavedReply
from heard.replies.visible import Replies
from heard.workspaces.models import Agent, Workspace


def offered_to(agent: Agent, *, now: datetime) -> Replies[SavedReply]:
    """By the workspace's calendar: on its last day a reply is still right."""
    return SavedReply.objects.offered(agent, today=_today(agent.workspace, now))


def approved_in(workspace: Workspace, *, now: datetime) -> Replies[SavedReply]:
    """What may be said there without anybody looking at it."""
    here = SavedReply.objects.filter(workspace=workspace, approval=SavedReply.Approval.APPROVED)
    return here.in_use(today=_today(workspace, now))


def _today(workspace: Workspace, now: datetime) -> date:
    return localdate(now, ZoneInfo(workspace.time_zone))

"""What the address of a page names, as far as it exists for who asks."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.utils import timezone

from heard.replies.models import Folder, ReplyVersion, SavedReply
from heard.replies.queries import replies_of
from heard.web.agents import AgentRequest
from heard.web.numbers import number_in
from heard.workspaces.models import Agent


def reply_or_404(request: AgentRequest, reply_id: int) -> SavedReply:
    known = replies_of(request.agent).select_related("workspace")
    reply: SavedReply = get_object_or_404(known.prefetch_related("variants", "files"), pk=reply_id)
    return reply


def version_or_404(request: AgentRequest, reply: SavedReply, number: int) -> ReplyVersion:
    return get_object_or_404(ReplyVersion.objects.visible_to(request.agent), reply=reply, number=number)


def folder_or_404(request: AgentRequest, folder_id: int) -> Folder:
    return get_object_or_404(Folder.objects.visible_to(request.agent), pk=folder_id)


def today_of(agent: Agent) -> date:
    """Replies expire by the company's clock."""
    return timezone.now().astimezone(ZoneInfo(agent.workspace.time_zone)).date()


def id_asked(asked: str) -> int | None:
    return number_in(asked) or None

"""What the address of a page names, as far as it exists for who asks."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from heard.channels.contract import Channel
from heard.channels.registry import CHANNELS
from heard.inboxes.models import Inbox
from heard.web.agents import AgentRequest


def inbox_or_404(request: AgentRequest, inbox_id: int) -> Inbox:
    return get_object_or_404(Inbox.objects.visible_to(request.agent).select_related("team"), pk=inbox_id)


def channel_or_404(slug: str) -> Channel[Any]:
    if slug not in CHANNELS:
        raise Http404
    return CHANNELS[slug]

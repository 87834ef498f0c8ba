"""The window that the address of a page names, as far as it exists for who asks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from heard.chat.models import Widget
from heard.web.agents import AgentRequest


def window_or_404(request: AgentRequest, inbox_id: int) -> Widget:
    windows = Widget.objects.visible_to(request.agent).select_related("inbox", "workspace")
    return get_object_or_404(windows, pk=inbox_id)

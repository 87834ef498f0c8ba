"""Pictures and files of saved replies, for agents."""

from __future__ import annotations

import uuid

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heard.replies.models import ReplyFile
from heard.web.agents import AgentRequest, for_agents
from heard.web.files.serve import stored_file


@require_safe
@for_agents
def file(request: AgentRequest, key: uuid.UUID) -> FileResponse:
    kept = get_object_or_404(ReplyFile.objects.visible_to(request.agent), key=key)
    response = stored_file(str(kept.key), name=kept.name)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response

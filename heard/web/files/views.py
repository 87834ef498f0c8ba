"""Our copies of what came with messages, and of people's pictures."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heard.contacts.models import Identity
from heard.tickets.models import Attachment
from heard.web.agents import AgentRequest, for_agents
from heard.web.files.serve import stored_file


@require_safe
@for_agents
def attachment(request: AgentRequest, key: uuid.UUID) -> FileResponse:
    stored = get_object_or_404(
        Attachment.objects.visible_to(request.agent), key=key, state=Attachment.State.STORED
    )
    return stored_file(str(key), name=stored.name)


@require_safe
@for_agents
def picture(request: AgentRequest, key: str) -> FileResponse:
    if not Identity.objects.visible_to(request.agent).filter(picture=key).exists():
        raise Http404
    response = stored_file(key, name=f"{key}")
    # A key names one picture for good, and the picture is of no use without the session.
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response

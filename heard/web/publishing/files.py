"""Pictures of planned posts: for agents, and for networks that fetch them by a signed address."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heard.publishing.models import PlannedPicture
from heard.publishing.public_pictures import picture_named
from heard.web.agents import AgentRequest, for_agents
from heard.web.files.serve import stored_file


@require_safe
@for_agents
def picture(request: AgentRequest, key: uuid.UUID) -> FileResponse:
    kept = get_object_or_404(PlannedPicture.objects.visible_to(request.agent), key=key)
    response = stored_file(str(kept.key), name=kept.name)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_safe
def published(request: HttpRequest, signed: str) -> FileResponse:
    """No session is asked for: whoever has the address has it from us, and not for long."""
    kept = picture_named(signed)
    if kept is None:
        raise Http404
    return stored_file(str(kept.key), name=f"{kept.key}")

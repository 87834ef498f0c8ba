"""Our copies of what came with messages and goes out with them, and of people's pictures."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heard.contacts.models import Identity
from heard.public_files import key_named
from heard.publishing.models import PlannedPicture
from heard.tickets.models import Attachment, Message
from heard.uploads.models import UploadedFile
from heard.web.agents import AgentRequest, for_agents
from heard.web.files.serve import fetched_file, stored_file


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


@require_safe
@for_agents
def uploaded(request: AgentRequest, key: uuid.UUID) -> FileResponse:
    """What the agent has uploaded and not sent yet. Nobody else sees it."""
    kept = get_object_or_404(UploadedFile.objects.visible_to(request.agent), key=key, agent=request.agent)
    return stored_file(str(key), name=kept.name)


@require_safe
def public(request: HttpRequest, signed: str, name: str) -> FileResponse:
    """For networks. No session is asked for: whoever has the address has it from us, and not for long."""
    key = key_named(signed)
    if key is None or not _goes_out(key):
        raise Http404
    return fetched_file(str(key), name=name)


def _goes_out(key: uuid.UUID) -> bool:
    ours = Attachment.objects.filter(message__direction=Message.Direction.OUT, key=key)
    return ours.exists() or PlannedPicture.objects.filter(key=key).exists()

"""Pictures and files of saved replies, for agents."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heard.replies.models import ReplyChange, ReplyFile
from heard.replies.propose import change_seen_by
from heard.uploads.models import UploadedFile
from heard.web.agents import AgentRequest, for_agents
from heard.web.files.serve import stored_file
from heard.web.replies.found import reply_or_404


@dataclass(frozen=True, slots=True)
class FilesInChange:
    """What would come to the reply, and what would go."""

    come: Sequence[UploadedFile]
    go: Sequence[ReplyFile]


def files_in(change: ReplyChange) -> FilesInChange:
    """For whoever may see the change: they wait under its author's name."""
    waiting = UploadedFile.objects.filter(workspace=change.workspace_id, pk__in=change.uploads)
    leaving = ReplyFile.objects.filter(reply=change.reply_id, pk__in=change.left_out)
    return FilesInChange(list(waiting.order_by("pk")), list(leaving.order_by("pk")))


@require_safe
@for_agents
def file_of_change(request: AgentRequest, reply_id: int, key: uuid.UUID) -> FileResponse:
    """One that waits with a change: an admin looks at what they are to approve."""
    change = change_seen_by(reply_or_404(request, reply_id), request.agent)
    found = next((one for one in files_in(change).come if one.key == key), None) if change else None
    if found is None:
        raise Http404
    return stored_file(str(found.key), name=found.name)


@require_safe
@for_agents
def file(request: AgentRequest, key: uuid.UUID) -> FileResponse:
    kept = get_object_or_404(ReplyFile.objects.visible_to(request.agent), key=key)
    response = stored_file(str(kept.key), name=kept.name)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response

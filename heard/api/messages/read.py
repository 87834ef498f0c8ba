"""One message."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, Id
from heard.api.messages.shape import Message, message_shape, shown
from heard.api.routes import Router
from heard.tickets import models
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

router = Router(tags=["Messages"])


def message_of(agent: Agent, pk: int) -> models.Message:
    """Raises Http404, also for a message of another workspace."""
    return get_object_or_404(shown(models.Message.objects.visible_to(agent)), pk=pk)


def answer_message(agent: Agent, pk: int, *, status: int = 200) -> HttpResponse:
    """The message as it is now."""
    return answer(message_shape(message_of(agent, pk)), status)


def answer_queued(agent: Agent, queued: models.Message, *, files: bool) -> HttpResponse:
    """What was said this very moment: nobody has changed it, read it in another language or reacted to it."""
    [message] = _queued(agent=agent, message=queued.pk)
    none_yet = ("reactions", "versions", "translations", *(() if files else ("attachments",)))
    vars(message)["_prefetched_objects_cache"] = dict.fromkeys(none_yet, ())
    return answer(message_shape(message), 202)


@prepared
def _queued(*, agent: Agent, message: int) -> QuerySet[models.Message]:
    said = models.Message.objects.visible_to(agent).filter(pk=message)
    return said.select_related("ticket", "author", "agent", "inbox", "original").defer("search")


@router.get("/{int:message_id}", response=reads(Message, 404), summary="One message")
def message(request: ApiRequest, message_id: Id) -> HttpResponse:
    return answer_message(request.agent, message_id)

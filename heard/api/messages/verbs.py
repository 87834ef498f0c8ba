"""What can still be done about a message of ours on its way."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from heard.api.answers import writes
from heard.api.asking import ApiRequest, Id, Nothing
from heard.api.messages.read import answer_message, message_of
from heard.api.messages.shape import Message
from heard.api.routes import Router
from heard.tickets import delivery

router = Router(tags=["Messages"])


@router.post("/{int:message_id}/cancel", response=writes(Message, 404))
def cancel(request: ApiRequest, message_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Take a reply back before it leaves."""
    delivery.cancel(message_of(request.agent, message_id), by=request.agent, now=timezone.now())
    return answer_message(request.agent, message_id)


@router.post("/{int:message_id}/send-again", response=writes(Message, 404))
def send_again(request: ApiRequest, message_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Your word that it did not go out. Heard never sends twice by itself."""
    delivery.send_again(message_of(request.agent, message_id), by=request.agent, now=timezone.now())
    return answer_message(request.agent, message_id)


@router.post("/{int:message_id}/was-sent", response=writes(Message, 404))
def was_sent(request: ApiRequest, message_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Your word that it stands at the network."""
    delivery.was_sent(message_of(request.agent, message_id), by=request.agent, now=timezone.now())
    return answer_message(request.agent, message_id)

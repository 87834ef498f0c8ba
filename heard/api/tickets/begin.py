"""A ticket that begins with a letter of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from heard.api.answers import writes
from heard.api.asking import ApiRequest
from heard.api.messages.read import answer_message
from heard.api.messages.shape import Message
from heard.api.tickets.bodies import NewMail

# The list's own: ninja keeps the methods of one address together.
from heard.api.tickets.find import router
from heard.inboxes.models import Inbox
from heard.tickets import begin as beginning

__all__ = ["router"]


@router.post("", response=writes(Message, 404, status=202), summary="Write a mail first")
def begin(request: ApiRequest, body: NewMail) -> HttpResponse:
    """Opens a ticket with a letter of ours in it. It passes the gate first, as a reply does."""
    inbox = get_object_or_404(Inbox.objects.visible_to(request.agent), pk=body.inbox)
    message = beginning.begin(
        inbox,
        address=body.address,
        name=body.name,
        subject=body.subject,
        text=body.text,
        adds=body.adds,
        files=body.files,
        warned=True,
        overrides=[one if isinstance(one, str) else one.code for one in body.override],
        by=request.agent,
        now=timezone.now(),
    )
    return answer_message(request.agent, message.pk, status=202)

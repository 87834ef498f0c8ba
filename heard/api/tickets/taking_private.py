"""Both at once: a public word that we look after it, and a private message to the one who complained."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from typing_extensions import TypedDict

from heard.api.answers import answer, writes
from heard.api.asking import ApiRequest, Id
from heard.api.messages.shape import Message, message_shape, shown
from heard.api.routes import Router
from heard.api.tickets.bodies import TakePrivate
from heard.api.tickets.named import named_message
from heard.api.tickets.read import ticket_of
from heard.taking_private.take_private import take_private
from heard.tickets import models

router = Router(tags=["Tickets"])


class Taken(TypedDict):
    public: Message
    private: Message


@router.post(
    "/{int:number}/take-private", response=writes(Taken, 404, status=202), summary="Go on in private"
)
def take(request: ApiRequest, number: Id, body: TakePrivate) -> HttpResponse:
    """Queues both messages or neither. What is wanted is asked for on a safe form that one account gets."""
    ticket = ticket_of(request.agent, number)
    to = named_message(ticket, body.to, field="to")
    assert to is not None
    taken = take_private(
        ticket,
        to=to,
        public_text=body.public_text,
        private_text=body.private_text,
        wants=[one.value for one in body.wants],
        overrides=[one if isinstance(one, str) else one.code for one in body.override],
        warned=not body.heed_warnings,
        by=request.agent,
        now=timezone.now(),
    )
    rows = {row.pk: row for row in shown(models.Message.objects.filter(ticket=ticket))}
    queued: Taken = {
        "public": message_shape(rows[taken.public.pk]),
        "private": message_shape(rows[taken.private.pk]),
    }
    return answer(queued, 202)

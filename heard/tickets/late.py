"""Colleagues answer in the network's own app, where they see what has not reached us yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from heard.many import among
from heard.tickets.models import Message, Outcome
from heard.tickets.settle import answered_by_reply, close_waiting, settle
from heard.workspaces.prepared import Some, prepared


def end_what_was_answered(came: Sequence[Message], *, now: datetime) -> None:
    """Messages that come late and had been answered there do not wait. Their tickets must be locked.

    An agent's answer from here is another matter: it answered what the agent could see.
    """
    ids = Some(message.pk for message in came)
    tickets = Some({message.ticket_id for message in came})
    for answer in _answers(tickets=tickets, since=min(message.at for message in came)):
        meant = answered_by_reply(answer).filter(pk__in=ids)
        if close_waiting(meant, Outcome.ANSWERED, by=None, now=now, answer=answer):
            settle(answer.ticket)


@prepared
def _answers(*, tickets: Some, since: datetime) -> QuerySet[Message]:
    """Given in the network's own app."""
    ours = Message.objects.filter(
        among("ticket", tickets),
        direction=Message.Direction.OUT,
        agent=None,
        automatic=False,
        at__gte=since,
    )
    return ours.select_related("ticket", "parent").defer("search", "parent__search").order_by("at", "id")

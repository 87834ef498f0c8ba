"""A customer writes on, on the page of their own ticket. It is said in the conversation that runs there already.

The network knows nothing of it: its words have no id there, and open no window for answers.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about, about_message
from heard.tickets.events import MessageReceived, TicketReopened
from heard.tickets.locked import locked
from heard.tickets.models import CONVERSATIONS, Kind, Message, Outcome, State, Ticket
from heard.tickets.readable import readable
from heard.tickets.settle import settle

# Shown beside the message, as every way in which one came.
REMARK = "status page"
LONGEST = 5_000


class NothingToAddTo(Exception):
    """There is no conversation between this customer and us alone, or nothing was written."""


@transaction.atomic
def add_to(
    ticket: Ticket, *, text: str, now: datetime, answers: Message | None = None, remark: str = REMARK
) -> Message:
    """`answers` is a message of ours in private: then it is said by whom that went to, wherever it stands now.

    Raises NothingToAddTo.
    """
    text = readable(text).strip()[:LONGEST]
    ticket = locked(ticket)
    said = answers or last_said(ticket)
    if said is None or said.public or said.author_id is None or not text:
        raise NothingToAddTo
    message = Message.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        thread_id=said.thread_id,
        inbox_id=said.inbox_id,
        direction=Message.Direction.IN,
        kind=said.kind if said.kind in CONVERSATIONS else Kind.DIRECT,
        author_id=said.author_id,
        text=text,
        public=False,
        remark=remark,
        at=now,
        received_at=now,
        **_outcome(ticket, now=now),
    )
    was_open = ticket.is_open
    ticket.last_message_at, ticket.snoozed_until = max(now, ticket.last_message_at), None
    ticket.save(update_fields=["last_message_at"])
    settle(ticket)
    if ticket.is_open and not was_open:
        publish(TicketReopened(**about(ticket, now=now)))
    publish(MessageReceived(**about_message(message, now=now), message=message))
    return message


def last_said(ticket: Ticket) -> Message | None:
    """What the ticket's own contact said to us alone last. Others may be in it, too."""
    kinds = [kind.value for kind in CONVERSATIONS - {Kind.CALL}]
    said = ticket.messages.filter(
        direction=Message.Direction.IN, public=False, kind__in=kinds, author__contact=ticket.contact_id
    )
    return said.order_by("-at", "-id").first()


def _outcome(ticket: Ticket, *, now: datetime) -> dict[str, object]:
    if ticket.is_spam and ticket.state == State.RESOLVED:
        return {"outcome": Outcome.DISMISSED, "outcome_reason": "spam", "outcome_at": now}
    return {"outcome": Outcome.OPEN}

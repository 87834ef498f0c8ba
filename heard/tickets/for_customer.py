"""What a customer may read of their ticket: their own words and our answers to them.

Never notes, never what others said in the same ticket, never names of agents who did not answer, never anything that
has not left us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from heard.tickets.models import Delivery, Message, Ticket

GONE_OUT = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.UNCONFIRMED)
MOST = 200


@dataclass(frozen=True)
class Line:
    ours: bool
    name: str  # of the agent who answered; empty where nobody is to be named
    text: str
    at: datetime
    files: int


def for_customer(ticket: Ticket) -> Sequence[Line]:
    """The newest, oldest first, in one query."""
    theirs = Q(direction=Message.Direction.IN, author__contact=ticket.contact_id, removed_at=None)
    to_them = Q(author__contact=ticket.contact_id, public=False) | Q(
        parent__author__contact=ticket.contact_id, public=True
    )
    ours = Q(direction=Message.Direction.OUT, delivery__in=GONE_OUT, removed_at=None)
    by_heard = Q(automatic=True, agent=None)
    said = ticket.messages.filter(theirs | (ours & to_them & ~by_heard)).annotate(files=Count("attachments"))
    newest = said.select_related("agent").defer("search").order_by("-at", "-id")[:MOST]
    return [_line(message, message.files) for message in reversed(newest)]


def _line(message: Message, files: int) -> Line:
    ours = not message.is_in
    return Line(ours, message.agent.name if ours and message.agent else "", message.text, message.at, files)

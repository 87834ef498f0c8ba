"""One line of a message for lists and notifications."""

from __future__ import annotations

from collections.abc import Collection

from heard.many import update_many
from heard.tickets.models import Message, Ticket

LONGEST = 300


def preview_of(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def show_newest(tickets: Collection[Ticket]) -> None:
    """The text of each ticket's newest incoming message. Their rows must be locked."""
    heard = Message.objects.filter(ticket__in=tickets, direction=Message.Direction.IN)
    newest = heard.order_by("ticket", "-at", "-id").distinct("ticket")
    texts = dict(newest.values_list("ticket", "text"))
    changed = [ticket for ticket in tickets if preview_of(texts.get(ticket.pk, "")) != ticket.preview]
    for ticket in changed:
        ticket.preview = preview_of(texts[ticket.pk]) if ticket.pk in texts else ticket.preview
    update_many(changed, ["preview"])

"""What is told of going private."""

from __future__ import annotations

from dataclasses import dataclass

from heard.tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class TicketTakenPrivate(TicketEvent):
    public_id: int
    private_id: int
    wants: list[str]


class SafeFormFilled(TicketEvent):
    """The customer gave what was asked for. It stands in the message and not here."""

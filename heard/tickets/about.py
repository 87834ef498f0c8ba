"""The fields that every event of a ticket carries."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent


class About(TypedDict):
    workspace_id: int
    ticket_id: int | None
    number: int
    at: datetime
    by_id: int | None


class AboutMessage(About):
    message_id: int


def about(ticket: Ticket, *, now: datetime, by: Agent | None = None) -> About:
    return {
        "workspace_id": ticket.workspace_id,
        "ticket_id": ticket.pk,
        "number": ticket.number,
        "at": now,
        "by_id": by.pk if by else None,
    }


def about_message(message: Message, *, now: datetime, by: Agent | None = None) -> AboutMessage:
    return {**about(message.ticket, now=now, by=by), "message_id": message.pk}

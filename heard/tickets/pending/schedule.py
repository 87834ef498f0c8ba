"""Say it later. Nobody is answered until it leaves, so whoever waits goes on waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.events import ReplyScheduled
from heard.tickets.locked import locked
from heard.tickets.models import PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.hold import State, about_pending, hold
from heard.tickets.reply import MayNotSend
from heard.workspaces.models import Agent

LATEST: Final = timedelta(days=366)


class BadTime(Exception):
    """In the past, or more than a year ahead."""


@transaction.atomic
def schedule(ticket: Ticket, composed: Composed, *, at: datetime, by: Agent, now: datetime) -> PendingReply:
    """It passes the gate now, as it would stand at that time, and again when it leaves.

    Raises BadTime, MayNotSend and what `reply` raises.
    """
    if not by.sends:
        raise MayNotSend
    require_time(at, now=now)
    ticket = locked(ticket)
    public = composed.rehearse(ticket, by=by, at=at)
    pending = hold(ticket, composed, state=State.SCHEDULED, public=public, by=by, now=now, at=at)
    publish(ReplyScheduled(**about_pending(pending, now=now, by=by), goes_at=at.isoformat()))
    return pending


def require_time(at: datetime, *, now: datetime) -> None:
    """Raises BadTime."""
    if not now < at <= now + LATEST:
        raise BadTime

"""The days before an inbox was connected: they come in as history, so that nobody has to answer them today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from heard.inboxes.models import Inbox
from heard.ingest.models import Reconciliation

Reason, State = Reconciliation.Reason, Reconciliation.State

# Younger than this, whoever wrote still waits for an answer.
STILL_WAITS: Final = timedelta(hours=48)


def backfill(inbox: Inbox) -> Reconciliation | None:
    """The first look of an inbox, over the days before it was connected."""
    return Reconciliation.objects.filter(inbox=inbox, reason=Reason.HISTORY).order_by("-id").first()


def past_before(inbox: Inbox) -> datetime | None:
    """What was written before is history; None where nothing is."""
    first = backfill(inbox)
    return first.until - STILL_WAITS if first else None


def beginning(inbox: Inbox) -> datetime:
    """Nobody asked for what is older."""
    first = backfill(inbox)
    if first is None:
        return inbox.created_at
    return first.until if first.state == State.CANCELLED else first.since


def cancel_backfill(inbox: Inbox, *, now: datetime) -> None:
    """What has come stays."""
    Reconciliation.objects.filter(inbox=inbox, reason=Reason.HISTORY, state=State.RUNNING).update(
        state=State.CANCELLED, ended_at=now
    )

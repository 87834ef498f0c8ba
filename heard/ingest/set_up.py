"""An inbox was connected: what was said before, and what we missed while it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from heard.env import env
from heard.inboxes.events import InboxConnected, InboxReconnected
from heard.inboxes.models import Inbox
from heard.ingest.models import Reconciliation
from heard.ingest.reconcile import begin

Reason = Reconciliation.Reason


def look_back(events: Sequence[InboxConnected]) -> None:
    """A new inbox gets its history; one that was here before only what it missed."""
    for event in events:
        inbox = Inbox.objects.get(pk=event.inbox_id)
        days = env().history_days if event.history_days is None else event.history_days
        if Reconciliation.objects.filter(inbox=inbox).exists():
            begin(inbox, reason=Reason.CONNECTED, now=event.at)
        elif days:
            begin(inbox, reason=Reason.HISTORY, now=event.at, since=event.at - timedelta(days=days))


def catch_up(events: Sequence[InboxReconnected]) -> None:
    for event in events:
        begin(Inbox.objects.get(pk=event.inbox_id), reason=Reason.CONNECTED, now=event.at)

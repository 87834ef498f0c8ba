"""When an inbox sent last, for its health page. Told within ten seconds: written for each message, it would be one row
that everybody who answers there has to wait for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from heard.inboxes.models import Inbox, InboxHealth

NOTED_EVERY = timedelta(seconds=10)


def note_sent(inbox: Inbox, *, now: datetime) -> None:
    """After the commit, so that the row is held by nobody for longer than its own statement."""
    last = inbox.health.last_sent_at
    if last is None or not now - NOTED_EVERY < last <= now:
        transaction.on_commit(lambda: _write(inbox.pk, now), robust=True)


def _write(inbox_id: int, now: datetime) -> None:
    InboxHealth.objects.filter(inbox=inbox_id).update(last_sent_at=now)

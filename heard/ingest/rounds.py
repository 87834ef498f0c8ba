"""Once a minute: which inbox has to be asked, which one must be looked at?"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.models import Heartbeat, Reconciliation
from heard.ingest.reconcile import asks_every, begin, reconciles, ring

Reason, State = Reconciliation.Reason, Reconciliation.State

CHECK_EVERY: Final = timedelta(hours=1)


def look_after_inboxes(*, now: datetime) -> None:
    inboxes = list(Inbox.objects.filter(state=Inbox.State.CONNECTED).order_by("id"))
    _ask_the_networks([inbox for inbox in inboxes if reconciles(inbox)], now=now)
    for inbox_id in _unchecked(inboxes, now=now):
        _ring_check(inbox_id)


def _ask_the_networks(inboxes: Sequence[Inbox], *, now: datetime) -> None:
    looks = Reconciliation.objects.filter(inbox__in=inboxes)
    running = dict(looks.filter(state=State.RUNNING).values_list("inbox", "not_before"))
    last = dict(looks.values_list("inbox").annotate(Max("started_at")))
    back_at = Heartbeat.objects.aggregate(at=Max("back_at"))["at"]
    for inbox in inboxes:
        if inbox.pk in running:
            if (running[inbox.pk] or now) <= now:
                ring(inbox.pk)  # its job may have been lost
        elif reason := _why_ask(last.get(inbox.pk), back_at, asks_every(inbox), now):
            begin(inbox, reason=reason, now=now)


def _why_ask(
    last: datetime | None, back_at: datetime | None, every: timedelta, now: datetime
) -> Reconciliation.Reason | None:
    if last is not None and back_at is not None and last < back_at:
        return Reason.OUTAGE
    return Reason.HOURLY if last is None or last <= now - every else None


def _unchecked(inboxes: Sequence[Inbox], *, now: datetime) -> list[int]:
    old = Q(checked_at=None) | Q(checked_at__lte=now - CHECK_EVERY)
    rows = InboxHealth.objects.filter(old, inbox__in=inboxes).order_by("inbox")
    return list(rows.values_list("inbox", flat=True))


def _ring_check(inbox_id: int) -> None:
    job = app.configure_task("heard.ingest.tasks.check", queueing_lock=f"check {inbox_id}")
    with contextlib.suppress(AlreadyEnqueued):
        job.defer(inbox_id=inbox_id)

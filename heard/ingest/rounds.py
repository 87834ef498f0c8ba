"""Once a minute: which inbox has to be asked, which one must be looked at?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q

from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.bell import ring_for
from heard.ingest.models import Heartbeat, Reconciliation
from heard.ingest.reconcile import asks_every, begin, reconciles

Reason, State = Reconciliation.Reason, Reconciliation.State

CHECK_EVERY: Final = timedelta(hours=1)


def look_after_inboxes(*, now: datetime) -> None:
    inboxes = list(Inbox.objects.filter(state=Inbox.State.CONNECTED).order_by("id"))
    _ask_the_networks([inbox for inbox in inboxes if reconciles(inbox)], now=now)
    for inbox_id in _unchecked(inboxes, now=now):
        ring_for(inbox_id, "check")


def _ask_the_networks(inboxes: Sequence[Inbox], *, now: datetime) -> None:
    looks = Reconciliation.objects.filter(inbox__in=inboxes)
    running = dict(looks.filter(state=State.RUNNING).values_list("inbox", "not_before"))
    last = dict(looks.values_list("inbox").annotate(Max("started_at")))
    back_at = Heartbeat.objects.aggregate(at=Max("back_at"))["at"]
    for inbox in inboxes:
        if inbox.pk in running:
            if (running[inbox.pk] or now) <= now:
                ring_for(inbox.pk, "reconcile")  # its job may have been lost
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

"""Edits, deletions, reactions and receipts may overtake the message that they are about.

They wait here until it comes, a day at the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from heard.inboxes.models import Inbox
from heard.ingest.apply import apply
from heard.ingest.facts import Arrived, facts_of
from heard.ingest.models import LedgerLine
from heard.tickets.events import MessageSent
from heard.tickets.models import Message

KEPT_FOR = timedelta(hours=24)


def retry_parked(inbox: Inbox, external_ids: Sequence[str], *, now: datetime) -> None:
    """The messages with these ids have come."""
    parked = LedgerLine.objects.filter(
        inbox=inbox, about__in=external_ids, place=LedgerLine.Place.PARKED
    ).select_related("raw_call")
    for line in parked.order_by("at", "id"):
        arrived = fact_of(line)
        if arrived is not None:
            line.place, line.reason = apply(arrived, now=now)
            line.save(update_fields=["place", "reason"])


def retry_after_sending(events: Sequence[MessageSent]) -> None:
    """A receipt may come before the network's answer told us the id of what we sent."""
    sent = Message.objects.filter(pk__in=[event.message_id for event in events]).select_related(
        "inbox__workspace"
    )
    for message in sent:
        if message.external_id:
            retry_parked(message.inbox, [message.external_id], now=events[0].at)


@transaction.atomic
def give_up_parked(*, now: datetime) -> int:
    old = LedgerLine.objects.filter(place=LedgerLine.Place.PARKED, created_at__lt=now - KEPT_FOR)
    return old.update(place=LedgerLine.Place.IGNORED, reason="The message that it is about never came.")


def fact_of(line: LedgerLine) -> Arrived | None:
    """Read again what a line stands for; None when the raw call is no longer kept."""
    if line.raw_call is None:
        return None
    home = line.raw_call.inbox
    return next((one for one in facts_of(line.raw_call, home) if one.position == line.position), None)

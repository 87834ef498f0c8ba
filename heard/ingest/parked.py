"""Edits, deletions, reactions and receipts may overtake the message that they are about, and answers
from the network's own app the question.

They wait here until it comes, a day at the most.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from heard.inboxes.models import Inbox
from heard.ingest.apply import apply
from heard.ingest.blame import in_words, is_the_databases
from heard.ingest.facts import Arrived, facts_of
from heard.ingest.models import LedgerLine
from heard.many import among
from heard.tickets.events import MessageSent
from heard.tickets.models import Message
from heard.workspaces.prepared import Some, prepared

Place = LedgerLine.Place

KEPT_FOR = timedelta(hours=24)

log = logging.getLogger(__name__)


def retry_parked(inbox: Inbox, external_ids: Sequence[str], *, now: datetime) -> None:
    """The messages with these ids, or the first ones of threads with these keys, have come."""
    for line in _parked(inbox=inbox.pk, about=Some(external_ids)):
        try:
            with transaction.atomic():
                _retry(line, now=now)
        except Exception as error:
            if is_the_databases(error):
                raise
            # Not the fault of the message that woke it, which must not be quarantined for it.
            log.exception("line %d is quarantined: it was parked and does not go through", line.pk)
            line.place, line.reason = Place.QUARANTINED, in_words(error)
            line.save(update_fields=["place", "reason"])


@prepared
def _parked(*, inbox: int, about: Some) -> QuerySet[LedgerLine]:
    parked = LedgerLine.objects.filter(among("about", about), inbox=inbox, place=Place.PARKED)
    return parked.select_related("raw_call__inbox__workspace").order_by("at", "id")


def _retry(line: LedgerLine, *, now: datetime) -> None:
    arrived = fact_of(line)
    if arrived is None:
        return
    ended = apply(arrived, now=now)
    line.place, line.reason = ended.place, ended.reason
    line.about = (ended.awaited or arrived.about)[:200]
    line.save(update_fields=["place", "reason", "about"])
    if ended.place == Place.OURS:
        retry_parked(arrived.inbox, [arrived.about], now=now)


def retry_after_sending(events: Sequence[MessageSent]) -> None:
    """A receipt may come before the network's answer told us the id of what we sent."""
    for message in _waited_for(messages=tuple(event.message_id for event in events)):
        retry_parked(message.inbox, [message.external_id], now=events[0].at)


@prepared
def _waited_for(*, messages: Sequence[int]) -> QuerySet[Message]:
    """Those of them that something is parked about."""
    parked = LedgerLine.objects.filter(
        inbox=OuterRef("inbox"), about=OuterRef("external_id"), place=Place.PARKED
    )
    sent = Message.objects.filter(Exists(parked), pk__in=messages).exclude(external_id="")
    return sent.select_related("inbox__workspace").defer("search")


@transaction.atomic
def give_up_parked(*, now: datetime) -> int:
    old = LedgerLine.objects.filter(place=Place.PARKED, created_at__lt=now - KEPT_FOR)
    ours = old.filter(fact="MessageIn").update(place=Place.OURS, reason="Nobody wrote to us there.")
    return ours + old.update(place=Place.IGNORED, reason="The message that it is about never came.")


def fact_of(line: LedgerLine) -> Arrived | None:
    """Read again what a line stands for; None when the raw call is no longer kept."""
    if line.raw_call is None:
        return None
    home = line.raw_call.inbox
    return next((one for one in facts_of(line.raw_call, home) if one.position == line.position), None)

"""What we have and the network holds no more.

That it stands in no list proves nothing: lists are short, and adverts are in none. So the network is asked
for each such message by itself, and only its own word counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from heard.channels.contract import ConfirmsGone, Kind, MessageDeleted, Wire
from heard.inboxes.models import Inbox
from heard.ingest.held_rows import note_held
from heard.ingest.models import HeldMessage
from heard.tickets.models import Message

MOST_ASKED = 50
# What is there and in no list need not be asked for every hour.
ASK_AGAIN_AFTER = timedelta(hours=20)


def gone(
    inbox: Inbox,
    network: ConfirmsGone,
    wire: Wire[Any],
    *,
    since: datetime,
    until: datetime,
    asked_at: datetime,
) -> Iterator[MessageDeleted]:
    """Call it when everything between the two times has been listed at `asked_at`. Raises like `is_gone`."""
    for message in _not_listed(inbox, network.confirms, since, until, asked_at)[:MOST_ASKED]:
        if network.is_gone(message.external_id, wire):
            HeldMessage.objects.filter(inbox=inbox, external_id=message.external_id).update(gone_at=asked_at)
            raw = {"gone": message.external_id, "asked": asked_at.isoformat()}
            yield MessageDeleted(at=asked_at, raw=raw, external_id=message.external_id)
        else:
            note_held(inbox, {message.external_id: message.at}, listed=False, now=asked_at)


def _not_listed(
    inbox: Inbox, kinds: frozenset[Kind], since: datetime, until: datetime, asked_at: datetime
) -> QuerySet[Message]:
    """Newest first."""
    seen = HeldMessage.objects.filter(inbox=inbox, external_id=OuterRef("external_id")).filter(
        Q(seen_at__gte=asked_at) | Q(listed=False, seen_at__gt=asked_at - ASK_AGAIN_AFTER)
    )
    ours = Message.objects.filter(inbox=inbox, at__gte=since, at__lte=until, removed_at=None)
    return (
        ours.exclude(external_id="")
        .filter(kind__in=sorted(kinds))
        .exclude(Exists(seen))
        .only("id", "external_id", "at")
        .order_by("-at", "-id")
    )

"""Mails that a service brings by calling us: kept like those that the mailbox was asked for, or counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from heard.channels.contract import Credentials, TakesBrought
from heard.channels.registry import channel
from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.look import store_calls


@transaction.atomic
def take_brought(inbox: Inbox, mails: Sequence[bytes], *, credentials: Credentials, now: datetime) -> None:
    """A mail that was there before is seen by its Message-ID when it is taken in."""
    network = channel(inbox.channel)
    assert isinstance(network, TakesBrought)
    store_calls(inbox, [network.brought(raw, credentials, at=now) for raw in mails], now=now)


def count_bad_signature(inbox: Inbox, *, now: datetime) -> None:
    InboxHealth.objects.filter(inbox=inbox).update(
        bad_signatures=F("bad_signatures") + 1, last_bad_signature_at=now
    )


def count_refused(inbox: Inbox, *, reason: str, now: datetime) -> None:
    InboxHealth.objects.filter(inbox=inbox).update(
        refused_calls=F("refused_calls") + 1, last_refused_at=now, last_refused_reason=reason
    )

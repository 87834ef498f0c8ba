"""Calls are kept for some days, to be looked at and taken in once more. What became of them stays."""

from __future__ import annotations

from datetime import datetime

from heard.channels.contract import CarriesParts
from heard.channels.registry import CHANNELS
from heard.ingest.models import LedgerLine, RawCall

# Django names every row that it deletes, and PostgreSQL takes 65,535 names at the most.
AT_ONCE = 1_000


def forget_calls(*, before: datetime) -> int:
    """Delete what was received before then and taken in. Gives how many."""
    # A letter as it came is kept as long as its message: files and looks are read from it.
    whole = [slug for slug, network in CHANNELS.items() if isinstance(network, CarriesParts)]
    old = RawCall.objects.filter(received_at__lt=before).exclude(taken_in_at=None)
    old = old.exclude(inbox__channel__in=whole).exclude(ledgerline__place=LedgerLine.Place.QUARANTINED)
    count = 0
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        RawCall.objects.filter(pk__in=some).delete()
        count += len(some)
    return count

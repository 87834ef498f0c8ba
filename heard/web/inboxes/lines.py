"""The lines of the ledger that a health page shows: what was set aside, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine

MOST_REASONS = 20
MOST_LINES = 50
MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Reason:
    reason: str
    count: int
    last_at: datetime


@dataclass(frozen=True)
class SetAside:
    line: LedgerLine
    raw: str  # what came, as text; never as anything else
    shortened: bool


def ignored(inbox: Inbox) -> list[Reason]:
    """Most frequent first."""
    rows = LedgerLine.objects.filter(inbox=inbox, place=LedgerLine.Place.IGNORED).values("reason")
    counted = rows.annotate(count=Count("pk"), last=Max("created_at")).order_by("-count")[:MOST_REASONS]
    return [Reason(row["reason"], row["count"], row["last"]) for row in counted]


def quarantined(inbox: Inbox) -> Sequence[SetAside]:
    """Newest first."""
    lines = LedgerLine.objects.filter(inbox=inbox, place=LedgerLine.Place.QUARANTINED)
    return [_shown(line) for line in lines.select_related("raw_call").order_by("-pk")[:MOST_LINES]]


def _shown(line: LedgerLine) -> SetAside:
    raw = _readable(bytes(line.raw_call.body)) if line.raw_call else ""
    return SetAside(line, raw[:MOST_CHARACTERS], len(raw) > MOST_CHARACTERS)


def _readable(body: bytes) -> str:
    text = body.decode("utf-8", "replace").replace("\x00", "␀")
    if len(text) > MOST_CHARACTERS:
        return text
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False).encode("utf-8", "replace").decode()
    except (ValueError, RecursionError):
        return text

"""How long somebody has been waiting, as a ring that empties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import pgettext

from heard.web.times import HOUR, MINUTE, length

# Until a workspace says how soon it wants to answer: by then most people have given up on us.
AIM = timedelta(hours=24)
SOON = 0.25


@dataclass(frozen=True, slots=True)
class Clock:
    since: datetime
    left: int  # of the ring, in hundredths
    state: str  # fresh · soon · late
    text: str


def clock(since: datetime | None, *, now: datetime) -> Clock | None:
    if since is None:
        return None
    share = max(0.0, min(1.0, 1 - (now - since) / AIM))
    state = "late" if share == 0 else "soon" if share <= SOON else "fresh"
    return Clock(since, round(share * 100), state, _short(max(0, int((now - since).total_seconds()))))


def _short(seconds: int) -> str:
    if seconds < MINUTE:
        return pgettext("moments ago", "now")
    if seconds < HOUR:
        return length(seconds // MINUTE, "minute", narrow=True)
    if seconds < 48 * HOUR:
        return length(seconds // HOUR, "hour", narrow=True)
    return length(seconds // (24 * HOUR), "day", narrow=True)

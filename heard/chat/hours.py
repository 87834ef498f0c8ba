"""When somebody is there to answer: one span for each day of the week, in the workspace's time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Weekday as a text, as JSON has it ("0" is Monday) → from and until, "09:00".
Week = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Hours:
    """`until` when it is open, `opens` when it is not; both None for a week without hours."""

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None


def hours_at(now: datetime, week: Week, zone: str) -> Hours:
    """A week without any hours is open all the time."""
    if not week:
        return Hours(True)
    there = now.astimezone(_zone(zone))
    for day in range(8):
        date = (there + timedelta(days=day)).date()
        span = week.get(str(date.weekday()))
        if not span:
            continue
        opens, closes = (
            datetime.combine(date, time.fromisoformat(moment), tzinfo=there.tzinfo) for moment in span
        )
        if opens <= there < closes:
            return Hours(True, until=closes)
        if opens > there:
            return Hours(False, opens=opens)
    return Hours(False)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

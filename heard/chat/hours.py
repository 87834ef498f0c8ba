"""When somebody is there to answer: one span for each day of the week, in the workspace's time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heard.workspaces import hours as everywhere

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


def hours_of_workspace_at(
    now: datetime, spans: Sequence[Sequence[int]], closed: Sequence[Sequence[int]], zone: str
) -> Hours:
    """As the workspace wrote them down: weekday, opens, closes; year (0 for every one), month, day."""
    days = frozenset((year, month, day) for year, month, day in closed)
    known = everywhere.Hours(_zone(zone), tuple(everywhere.Span(*span) for span in spans), days)
    if known.is_open(now):
        return Hours(True)
    return Hours(False, opens=known.opens_at(now))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

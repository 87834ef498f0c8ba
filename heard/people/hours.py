"""When somebody is there: the weekdays and the dates on which nobody is."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import HoursChanged
from heard.workspaces.holidays import write_holidays
from heard.workspaces.hours import DAY_IN_MINUTES, Span, overlap
from heard.workspaces.models import Agent, ClosedDay, OpeningSpan, Workspace

MOST_SPANS_A_DAY = 6
MOST_CLOSED_DAYS = 200
LEAP = 2000

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"{_CLOCK}\s*[-–—]\s*{_CLOCK}")
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:\s+(.*))?")


class BadHours(Exception):
    """What was typed says no hours: `typed` is the part that cannot be read."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


@dataclass(frozen=True)
class Closed:
    year: int | None  # None: every year
    month: int
    day: int
    name: str = ""


@transaction.atomic
def change_hours(
    workspace: Workspace, *, spans: Sequence[Span], closed: Sequence[Closed], by: Agent, now: datetime
) -> None:
    """Raises BadHours where two spans overlap."""
    if overlap(spans):
        raise BadHours("")
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    OpeningSpan.objects.filter(workspace=workspace).delete()
    ClosedDay.objects.filter(workspace=workspace).delete()
    OpeningSpan.objects.bulk_create(
        OpeningSpan(workspace=workspace, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in spans
    )
    ClosedDay.objects.bulk_create(
        (
            ClosedDay(workspace=workspace, year=one.year, month=one.month, day=one.day, name=one.name)
            for one in closed
        ),
        ignore_conflicts=True,
    )
    write_holidays(workspace, now=now)
    publish(HoursChanged(workspace_id=workspace.pk, at=now, by_id=by.pk))


def spans_in(text: str, *, weekday: int) -> list[Span]:
    """ "9-12, 13:00–17:30" as spans. Raises BadHours."""
    parts = [part for part in (part.strip() for part in re.split(r"[,;]", text)) if part]
    found = [_span(part, weekday) for part in parts]
    if overlap(found) or len(found) > MOST_SPANS_A_DAY:
        raise BadHours(text.strip())
    return sorted(found)


def closed_in(text: str) -> list[Closed]:
    """One date a line, "2026-12-24 Christmas Eve" or "12-25" for every year. Raises BadHours."""
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    if len(lines) > MOST_CLOSED_DAYS:
        raise BadHours(lines[MOST_CLOSED_DAYS])
    return [_closed(line) for line in lines]


def spans_as_text(spans: Iterable[Span]) -> str:
    return ", ".join(f"{_clock(span.opens)}–{_clock(span.closes)}" for span in spans)


def closed_as_text(closed: Iterable[ClosedDay]) -> str:
    dates = (
        (f"{one.year}-" if one.year else "") + f"{one.month:02}-{one.day:02} {one.name}" for one in closed
    )
    return "\n".join(date.strip() for date in dates)


def _span(part: str, weekday: int) -> Span:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise BadHours(part)
    opens, closes = _minutes(match[1], match[2], part), _minutes(match[3], match[4], part)
    # "18-0" ends at midnight.
    closes = closes or DAY_IN_MINUTES
    if closes <= opens:
        raise BadHours(part)
    return Span(weekday, opens, closes)


def _minutes(hour: str, minute: str | None, part: str) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > DAY_IN_MINUTES or int(minute or 0) > 59:
        raise BadHours(part)
    return minutes


def _closed(line: str) -> Closed:
    match = _DATE.fullmatch(line)
    if match is None:
        raise BadHours(line)
    year, month, day = int(match[1]) if match[1] else None, int(match[2]), int(match[3])
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or LEAP, month)[1]):
        raise BadHours(line)
    return Closed(year, month, day, (match[4] or "").strip()[:80])


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"

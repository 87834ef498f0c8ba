"""When is somebody there? Opening hours as people write them, asked in moments, right on the nights of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from heard.workspaces.models import ClosedDay, OpeningSpan, Workspace

DAY_IN_MINUTES = 24 * 60
FARTHEST = 2 * 366  # days: closed for longer is closed for good
EVERY_YEAR = 0

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Span:
    """One stretch of a weekday, in minutes of its clock. Monday is 0; 1440 is the midnight after it."""

    weekday: int
    opens: int
    closes: int


ROUND_THE_CLOCK = tuple(Span(weekday, 0, DAY_IN_MINUTES) for weekday in range(7))


@dataclass(frozen=True)
class Hours:
    """Of one workspace. Where nobody wrote any down, somebody is always there.

    On the night that has an hour twice a span lasts from the first time it opens to the last time it closes;
    what the other night leaves out begins and ends where the clock jumps.
    """

    zone: ZoneInfo
    spans: tuple[Span, ...] = ()
    closed: frozenset[tuple[int, int, int]] = frozenset()  # year or EVERY_YEAR, month, day
    _days: dict[date, list[Stretch]] = field(default_factory=dict, compare=False, repr=False)

    def is_open(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self._day(self._date(at)))

    def opens_at(self, after: datetime) -> datetime | None:
        """`after` itself while it is open. None: never again."""
        return next((max(start, after.astimezone(UTC)) for start, _end in self._from(after)), None)

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time between the two somebody was there."""
        there = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            there += min(closes, end) - max(opens, start)
        return there

    def after(self, start: datetime, there: timedelta) -> datetime | None:
        """When somebody has been there for so long since `start`. None: never."""
        left = there
        for opens, closes in self._from(start):
            begins = max(opens, start.astimezone(UTC))
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        return None

    def _from(self, at: datetime) -> Iterator[Stretch]:
        first = self._date(at)
        for ahead in range(FARTHEST):
            yield from (stretch for stretch in self._day(first + timedelta(days=ahead)) if stretch[1] > at)

    def _date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _day(self, day: date) -> list[Stretch]:
        if day not in self._days:
            self._days[day] = [] if self._is_closed(day) else self._stretches(day)
        return self._days[day]

    def _is_closed(self, day: date) -> bool:
        dates = {(day.year, day.month, day.day), (EVERY_YEAR, day.month, day.day)}
        return not self.closed.isdisjoint(dates)

    def _stretches(self, day: date) -> list[Stretch]:
        todays = (span for span in self.spans or ROUND_THE_CLOCK if span.weekday == day.weekday())
        told = [
            (self._moment(day, span.opens, fold=0), self._moment(day, span.closes, fold=1)) for span in todays
        ]
        return list(_joined(told))

    def _moment(self, day: date, minutes: int, *, fold: int) -> datetime:
        whole, rest = divmod(minutes, DAY_IN_MINUTES)
        clock = time(rest // 60, rest % 60)
        here = datetime.combine(day + timedelta(days=whole), clock, self.zone).replace(fold=fold)
        there = here.astimezone(UTC)
        exists = there.astimezone(self.zone).replace(tzinfo=None) == here.replace(tzinfo=None)
        return there if exists else self._jump(here)

    def _jump(self, left_out: datetime) -> datetime:
        """When the clock jumps over this time."""
        early = left_out.replace(fold=1).astimezone(UTC)
        late = left_out.replace(fold=0).astimezone(UTC)
        before = early.astimezone(self.zone).utcoffset()
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) // 2
            if middle.astimezone(self.zone).utcoffset() == before:
                early = middle
            else:
                late = middle
        return late.replace(microsecond=0)


def hours_of(workspace: Workspace) -> Hours:
    """As they stand now, in two queries."""
    spans = OpeningSpan.objects.filter(workspace=workspace).values_list("weekday", "opens", "closes")
    closed = ClosedDay.objects.filter(workspace=workspace).values_list("year", "month", "day")
    return Hours(
        ZoneInfo(workspace.time_zone),
        tuple(Span(*span) for span in spans.order_by("weekday", "opens")),
        frozenset((year or EVERY_YEAR, month, day) for year, month, day in closed),
    )


def overlap(spans: Iterable[Span]) -> bool:
    """Do two of them say the same hour?"""
    return any(
        one.weekday == other.weekday and other.opens < one.closes for one, other in pairwise(sorted(spans))
    )


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """In order; what the clock made touch or overlap is one stretch, and what it left out is none."""
    held: Stretch | None = None
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if held is not None and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held

"""Months and weeks as a grid of days, beginning where the reader's week begins."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from heard.publishing.models import PlannedPost
from heard.web.times import reader_locale

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    plan: PlannedPost
    at: datetime  # in the workspace's zone


@dataclass(frozen=True)
class Day:
    day: date
    entries: list[Entry]
    is_today: bool
    is_beside: bool  # of the month before or after
    name: str


@dataclass(frozen=True)
class Sheet:
    """One page of the calendar."""

    title: str
    weeks: list[list[Day]]
    heads: list[tuple[str, str]]  # short and long
    before: date
    after: date

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]


def span(view: str, day: date) -> tuple[date, date]:
    """The first day shown and the one after the last."""
    if view == "week":
        first = _week_of(day)
        return first, first + WEEK
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return _week_of(first), _week_of(last) + WEEK


def moments_of(span: tuple[date, date], zone: str) -> tuple[datetime, datetime]:
    """Midnight to midnight there, in UTC."""
    here = ZoneInfo(zone)
    first, after = (datetime.combine(day, time(), here).astimezone(UTC) for day in span)
    return first, after


def sheet(view: str, day: date, plans: Iterable[PlannedPost], *, zone: str, today: date) -> Sheet:
    first, after = span(view, day)
    by_day = defaultdict(list)
    for plan in plans:
        if plan.due_at:
            at = plan.due_at.astimezone(ZoneInfo(zone))
            by_day[at.date()].append(Entry(plan, at))
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    shown = [_day(one, by_day[one], today, view == "month" and one.month != day.month) for one in days]
    return Sheet(
        title=_title(view, day, first, after),
        weeks=[shown[start : start + 7] for start in range(0, len(shown), 7)],
        heads=[(format_date(one, "ccc", locale=reader_locale()), _weekday(one)) for one in days[:7]],
        before=first - timedelta(days=1) if view == "week" else day.replace(day=1) - timedelta(days=1),
        after=after if view == "week" else (day.replace(day=28) + timedelta(days=4)).replace(day=1),
    )


def _day(day: date, entries: list[Entry], today: date, beside: bool) -> Day:
    return Day(day, entries, day == today, beside, format_date(day, "EEEE d MMMM", locale=reader_locale()))


def _week_of(day: date) -> date:
    return day - timedelta(days=(day.weekday() - reader_locale().first_week_day) % 7)


def _weekday(day: date) -> str:
    return str(get_day_names("wide", context="stand-alone", locale=reader_locale())[day.weekday()])


def _title(view: str, day: date, first: date, after: date) -> str:
    if view == "week":
        last = after - timedelta(days=1)
        return f"{format_date(first, 'd MMM', locale=reader_locale())} – {format_date(last, 'medium', locale=reader_locale())}"
    return format_date(day, "LLLL yyyy", locale=reader_locale())

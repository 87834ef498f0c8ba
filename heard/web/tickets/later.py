"""When an answer goes out: by the customer's clock, and what the agent's own shows then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.web.tickets.snoozing import NoSuchTime
from heard.web.times import in_words

MORNING: Final = time(9)
TYPED: Final = "typed"


@dataclass(frozen=True, slots=True)
class Offer:
    slug: str
    label: Promise
    theirs: str
    here: str  # empty where both clocks show the same


@dataclass(frozen=True, slots=True)
class Later:
    """What the menu offers. `zone` is the customer's; None: nobody knows it."""

    zone: ZoneInfo | None
    offers: Sequence[Offer]
    begins: str  # what the field for a date and time begins with
    ends: str


def later(zone: ZoneInfo | None, *, now: datetime) -> Later:
    """`zone` is the customer's, where it is known."""
    clock = zone or timezone.get_current_timezone()
    offers = [
        Offer(slug, label, by_clock(at, clock, now=now), here(at, clock, now=now))
        for slug, label, at in _presets(clock, now=now)
    ]
    today = now.astimezone(clock).replace(tzinfo=None)
    return Later(zone, offers, today.isoformat(timespec="minutes"), f"{today.year + 1}-{today:%m-%d}T00:00")


def time_chosen(given: QueryDict, zone: ZoneInfo | None, *, now: datetime) -> datetime | None:
    """By the clock of `zone`, the customer's, where it is known. None: at once.

    A time that is filled in counts whichever button was pressed. Raises NoSuchTime.
    """
    slug, typed = given.get("at", ""), given.get("at_time", "")
    if not slug and not typed:
        return None
    mine = timezone.get_current_timezone()
    theirs = zone or mine
    for name, _label, at in _presets(theirs, now=now):
        if name == slug:
            return at
    return _typed(typed, mine if given.get("at_zone") == "mine" else theirs)


def by_clock(at: datetime, clock: tzinfo, *, now: datetime) -> str:
    with timezone.override(clock):
        return in_words(at, now=now)


def here(at: datetime, clock: tzinfo, *, now: datetime) -> str:
    """By the agent's own clock, where it shows something else."""
    mine = in_words(at, now=now)
    return "" if mine == by_clock(at, clock, now=now) else mine


def _presets(clock: tzinfo, *, now: datetime) -> Sequence[tuple[str, Promise, datetime]]:
    today = now.astimezone(clock).date()
    monday = today + timedelta(days=-today.weekday() % 7 or 7)
    return [
        ("tomorrow", _("Tomorrow morning"), _morning(today + timedelta(days=1), clock)),
        ("monday", _("Monday morning"), _morning(monday, clock)),
    ]


def _morning(day: date, clock: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=clock).astimezone(UTC)


def _typed(given: str, clock: tzinfo) -> datetime:
    """Raises NoSuchTime, also for the hour that a clock leaves out in spring."""
    try:
        typed = datetime.fromisoformat(given)
        at = (typed if timezone.is_aware(typed) else typed.replace(tzinfo=clock)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NoSuchTime(given) from error
    if timezone.is_naive(typed) and at.astimezone(clock).replace(tzinfo=None) != typed:
        raise NoSuchTime(given)
    return at

"""When will an answer come? Measured, not promised: how long those waited lately who came when it was as busy.

Counted in opening hours, so that a night is nobody's waiting. Tickets that still wait count with what they have
waited so far, or a day on which nothing is answered would look like a quick one.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import OuterRef, Q, Subquery

from heard.confirming.models import ConfirmingGoal
from heard.inboxes.models import Inbox
from heard.tickets.models import Delivery, Message, State, Ticket
from heard.workspaces.hours import Hours

LOOKED_BACK = timedelta(days=14)
MOST_TICKETS = 1000
LEAST_TICKETS = 10
# As busy: from half to twice as many waiting, and a few more or less are no difference.
SLACK = 3
STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 180, 240, 360, 480, 720, 1440, 2160, 2880)
)
SOON = timedelta(hours=24)
ROUND_TO = timedelta(minutes=30)


@dataclass(frozen=True)
class Expected:
    """`there` in opening hours, `at` on the calendar. Not `measured`: it is what the workspace wants to keep."""

    there: timedelta
    at: datetime
    measured: bool

    def is_soon(self, now: datetime) -> bool:
        """Nothing closes in between, so that the length says it all."""
        return self.there <= SOON and self.at - now <= self.there


@dataclass(frozen=True)
class Waited:
    since: datetime
    until: datetime | None  # None: still waiting


def expected(inbox: Inbox, *, hours: Hours, now: datetime) -> Expected | None:
    """None where nobody can know and nothing was promised."""
    there = measured(_lately(inbox, now=now), hours=hours, now=now)
    if there is not None:
        return _expected(there, hours, now, measured=True)
    goal = ConfirmingGoal.objects.filter(workspace=inbox.workspace_id).first()
    if goal is None or goal.minutes is None:
        return None
    return _expected(timedelta(minutes=goal.minutes), hours, now, measured=False)


def measured(lately: Sequence[Waited], *, hours: Hours, now: datetime) -> timedelta | None:
    """The median, rounded up. None: too few to say, or most of them still wait for longer than the rest did."""
    alike = _as_busy(lately)
    answered = [_seconds(hours, one.since, one.until) for one in alike if one.until]
    if len(answered) < LEAST_TICKETS:
        return None
    usual = median(answered)
    so_far = (_seconds(hours, one.since, now) for one in alike if one.until is None)
    middle = median([*answered, *(math.inf for seconds in so_far if seconds > usual)])
    return None if math.isinf(middle) else _rounded(timedelta(seconds=middle))


def _seconds(hours: Hours, since: datetime, until: datetime) -> float:
    return hours.open_between(since, until).total_seconds()


def _as_busy(lately: Sequence[Waited]) -> Sequence[Waited]:
    """Those who came when about as many waited as now; all, where these are too few."""
    starts = sorted(one.since for one in lately)
    ends = sorted(one.until for one in lately if one.until)
    busy = len(starts) - len(ends)
    least, most = min(busy / 2, busy - SLACK), max(busy * 2, busy + SLACK)
    alike = [
        one
        for one in lately
        if least <= bisect_right(starts, one.since) - bisect_right(ends, one.since) <= most
    ]
    enough = sum(one.until is not None for one in alike) >= LEAST_TICKETS
    return alike if enough else lately


def _lately(inbox: Inbox, *, now: datetime) -> list[Waited]:
    """Of this inbox; where it is new, of the whole workspace."""
    here = _waited(inbox, now=now, only_here=True)
    if sum(one.until is not None for one in here) >= LEAST_TICKETS:
        return here
    return _waited(inbox, now=now, only_here=False)


def _waited(inbox: Inbox, *, now: datetime, only_here: bool) -> list[Waited]:
    by_heard = Q(automatic=True, agent=None)
    answers = Message.objects.filter(
        ~by_heard, ticket=OuterRef("pk"), direction=Message.Direction.OUT
    ).exclude(delivery__in=(Delivery.FAILED, Delivery.CANCELLED))
    since = now - LOOKED_BACK
    lately = Ticket.objects.filter(
        workspace=inbox.workspace_id, last_message_at__gte=since, created_at__gte=since, created_at__lt=now
    )
    if only_here:
        lately = lately.filter(inbox=inbox)
    rows = lately.annotate(answered_at=Subquery(answers.order_by("at").values("at")[:1]))
    told = rows.order_by("-last_message_at").values_list("created_at", "answered_at", "state")[:MOST_TICKETS]
    return [
        Waited(opened, max(opened, answered) if answered else None)
        for opened, answered, state in told
        # What needed no answer says nothing of how long one takes.
        if answered or state == State.OPEN
    ]


def _expected(there: timedelta, hours: Hours, now: datetime, *, measured: bool) -> Expected | None:
    at = hours.after(now, there)
    if at is None:
        return None
    if at - now > there:  # something closes in between: nobody is exact over a night
        at += -(at - datetime.min.replace(tzinfo=at.tzinfo)) % ROUND_TO
    return Expected(there, at, measured)


def _rounded(waited: timedelta) -> timedelta:
    """Up, to a length that people say."""
    return next((step for step in STEPS if waited <= step), math.ceil(waited / SOON) * SOON)

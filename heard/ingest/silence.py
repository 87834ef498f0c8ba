"""Is an inbox quiet because nobody writes, or because we no longer hear?

The measure is the inbox's own last four weeks. In each hour of them we count how many conversations stirred
(one person who writes ten times is one), and take the mean of each hour of the week. For the time since the
last message these means add up to λ, the number of conversations that usually stir in such a time, so quiet
nights and Sundays add next to nothing. If conversations come independently of each other (Poisson), quiet
for that long has the probability e^-λ.

Every message begins a new quiet, so an inbox with n of them in four weeks has n chances to be alarmed for
nothing. The alarm is raised at λ ≥ ln(26·n): about one false alarm in two years, whatever the size.
An inbox needs two weeks and fifty conversations before it can be judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet

from heard.channels.registry import WRITTEN_DOWN
from heard.events.publishing import publish
from heard.inboxes.about import about_inbox
from heard.inboxes.events import InboxHeardAgain, InboxSilent
from heard.inboxes.models import Inbox
from heard.ingest.models import Reconciliation, Silence
from heard.ingest.reconcile import begin
from heard.tickets.models import Message
from heard.workspaces.prepared import prepared

LOOK_BACK: Final = timedelta(weeks=4)
LEAST_HISTORY: Final = timedelta(weeks=2)
LEAST_CONVERSATIONS: Final = 50
# 13 times four weeks in a year, one false alarm in two of them.
CHANCES: Final = 26
HOUR: Final = timedelta(hours=1)

_STIRRED = """
    SELECT date_trunc('hour', at), count(DISTINCT thread_id) FROM tickets_message
    WHERE inbox_id = %s AND direction = 'in' AND at >= %s AND at < %s GROUP BY 1
"""


@dataclass(frozen=True)
class Habit:
    """How an inbox usually fares. `rates`: conversations an hour, by hour of the week in UTC."""

    rates: Mapping[int, float]
    conversations: int

    @property
    def alarming(self) -> float:
        """The λ from which on quiet is improbable."""
        return math.log(CHANCES * self.conversations)

    def expected(self, since: datetime, until: datetime) -> float:
        """λ: how many conversations usually stir between the two."""
        total, start = 0.0, since
        while start < until:
            end = min(_next_hour(start), until)
            total += self.rates.get(_hour_of_week(start), 0.0) * ((end - start) / HOUR)
            start = end
        return total


def habit(inbox: Inbox, *, until: datetime) -> Habit | None:
    """From the four weeks before `until`; None while there is too little to judge by."""
    with connection.cursor() as cursor:
        cursor.execute(_STIRRED, [inbox.pk, until - LOOK_BACK, until])
        stirred: dict[datetime, int] = dict(cursor.fetchall())
    conversations = sum(stirred.values())
    if conversations < LEAST_CONVERSATIONS or until - min(stirred) < LEAST_HISTORY:
        return None
    weeks = math.ceil((until - min(stirred)) / timedelta(weeks=1))
    sums: Counter[int] = Counter()
    for hour, count in stirred.items():
        sums[_hour_of_week(hour)] += count
    return Habit({hour: count / weeks for hour, count in sums.items()}, conversations)


def listen_for_silence(*, now: datetime) -> None:
    """Raise the alarm for inboxes that are improbably quiet. It ends with the next message."""
    silent = set(Silence.objects.filter(ended_at=None).values_list("inbox", flat=True))
    # What agents write down themselves is not lost on the way.
    listening = Inbox.objects.filter(state=Inbox.State.CONNECTED).exclude(channel__in=WRITTEN_DOWN)
    for inbox in listening.exclude(pk__in=silent).order_by("id"):
        _judge(inbox, now=now)


def end_silence(inbox: Inbox, *, now: datetime) -> None:
    """Somebody wrote."""
    ongoing = Silence.objects.filter(pk__in=_ongoing(inbox=inbox.pk), ended_at=None)
    if ongoing.update(ended_at=now):
        with transaction.atomic():
            publish(InboxHeardAgain(**about_inbox(inbox, now=now)))


@prepared
def _ongoing(*, inbox: int) -> QuerySet[Silence, int]:
    return Silence.objects.filter(inbox=inbox, ended_at=None).values_list("pk", flat=True)


def _judge(inbox: Inbox, *, now: datetime) -> None:
    heard = Message.objects.filter(inbox=inbox, direction=Message.Direction.IN)
    last = heard.order_by("-at").values_list("received_at", "at").first()
    if last is None or (usual := habit(inbox, until=max(last))) is None:
        return
    since = max(*last, inbox.state_since)  # nobody could write while it was not connected
    expected = usual.expected(since, now)
    if expected >= usual.alarming:
        _raise_alarm(inbox, since=since, expected=expected, now=now)


@transaction.atomic
def _raise_alarm(inbox: Inbox, *, since: datetime, expected: float, now: datetime) -> None:
    Silence.objects.create(
        workspace_id=inbox.workspace_id, inbox=inbox, since=since, expected=expected, noticed_at=now
    )
    begin(inbox, reason=Reconciliation.Reason.SILENCE, now=now)
    publish(InboxSilent(**about_inbox(inbox, now=now), since=since.isoformat(), expected=round(expected, 1)))


def _hour_of_week(at: datetime) -> int:
    return at.weekday() * 24 + at.hour


def _next_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0) + HOUR

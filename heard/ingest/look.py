"""Ask the networks that do not call us: what was written to an inbox, and what matches its queries.

What a look brings is stored as if the network had called, and taken in by the same intake. The calls and the
place where the next look begins are one transaction, so nothing is lost between two looks and nothing doubled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min

from heard.channels.contract import (
    Hook,
    Listens,
    NoAnswer,
    NotReached,
    Polled,
    Polls,
    Problem,
    Query,
    ReconnectNeeded,
    Rejected,
    TryAgain,
)
from heard.channels.registry import channel
from heard.channels.words import N_
from heard.events.bell import ring
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.events import InboxConnected, InboxReconnected
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.spending import CAP_IN_WORDS, is_used_up, spend
from heard.inboxes.wire import wire_for
from heard.ingest.models import Look, RawCall
from heard.ingest.store import INTAKE_CHANNEL

# A claim older than this belongs to a worker that is gone.
LEASE = timedelta(minutes=3)
SEARCH_EVERY = timedelta(minutes=15)
CAPPED_FOR = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
NOT_LISTENING = N_("This network cannot be searched.")


def begin_looking(events: Sequence[InboxConnected | InboxReconnected]) -> None:
    """An inbox whose network has to be asked is looked at from now on; what was put off goes on."""
    for event in events:
        inbox = Inbox.objects.get(pk=event.inbox_id)
        if poll_every(inbox) is not None:
            Look.objects.get_or_create(
                inbox=inbox, query=None, defaults={"workspace_id": inbox.workspace_id, "due_at": event.at}
            )
        Look.objects.filter(inbox=inbox).update(due_at=event.at, failures=0, problem="")
        ring_looks(inbox.pk, at=event.at)


def poll_every(inbox: Inbox) -> timedelta | None:
    """None where the network tells us by itself."""
    network = channel(inbox.channel)
    if not isinstance(network, Polls):
        return None
    try:
        return network.polls_every(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return None


def look_at(inbox: Inbox, *, now: datetime) -> int:
    """All looks of one inbox that are due. Gives how many were made."""
    if inbox.state != Inbox.State.CONNECTED:
        return 0
    due = Look.objects.filter(inbox=inbox, due_at__lte=now).select_related("query").order_by("due_at", "id")
    return sum(look(row, inbox, now=now) for row in due)


def look(row: Look, inbox: Inbox, *, now: datetime) -> bool:
    """False when another worker is at it."""
    claimed = Look.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=now + LEASE)
    if not claimed:
        return False
    every = SEARCH_EVERY if row.query else poll_every(inbox)
    if every is None:
        row.delete()  # its network calls us by now
        return True
    if is_used_up(inbox, now=now):
        _put_off(row, CAP_IN_WORDS, until=now + CAPPED_FOR, failures=0)
        return True
    try:
        polled = _ask(row, inbox, now=now)
    except ReconnectNeeded as error:
        require_reconnect(inbox, reason=error.reason, now=now)
    except (Rejected, TryAgain) as error:
        wish = error.after if isinstance(error, TryAgain) else None
        _put_off(row, error.reason, until=now + (wish or _pause(row.failures)))
    except (NoAnswer, NotReached, NotConnected, CannotOpen) as error:
        _put_off(row, str(error), until=now + _pause(row.failures))
    else:
        _keep(row, inbox, polled, every=every, now=now)
    return True


def _ask(row: Look, inbox: Inbox, *, now: datetime) -> Polled:
    network = channel(inbox.channel)
    wire = wire_for(credentials_of(inbox))
    with renewing(inbox, used=wire.credentials, now=now):
        if row.query is None:
            assert isinstance(network, Polls)
            return network.poll(wire, cursor=row.cursor)
        if not isinstance(network, Listens):
            raise Rejected(NOT_LISTENING, problem=Problem.PERMISSION)
        return network.search(Query(row.query.tag, row.query.text), wire, cursor=row.cursor)


@transaction.atomic
def _keep(row: Look, inbox: Inbox, polled: Polled, *, every: timedelta, now: datetime) -> None:
    store_calls(inbox, polled.calls, now=now)
    spend(inbox, polled.cost, what="search" if row.query else "poll", now=now)
    Look.objects.filter(pk=row.pk).update(
        cursor=dict(polled.cursor),
        looked_at=now,
        due_at=now if polled.more else now + max(every, polled.pause or every),
        failures=0,
        problem="",
    )


def store_calls(inbox: Inbox, hooks: Sequence[Hook], *, now: datetime) -> None:
    """As the hook front does it; the intake hears of them with the commit."""
    RawCall.objects.bulk_create(
        RawCall(
            workspace_id=inbox.workspace_id,
            inbox=inbox,
            headers={name: value.replace("\x00", "") for name, value in hook.headers.items()},
            body=hook.body,
            received_at=now,
        )
        for hook in hooks
    )
    if hooks:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {INTAKE_CHANNEL}")


def _put_off(row: Look, problem: str, *, until: datetime, failures: int | None = None) -> None:
    row.failures = row.failures + 1 if failures is None else failures
    Look.objects.filter(pk=row.pk).update(problem=problem, due_at=until, failures=row.failures)


def _pause(failures: int) -> timedelta:
    """Doubled each time."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(failures, 10)
    return min(doubled, LONGEST_PAUSE)


# ── bells ──


def ring_looks(inbox_id: int, *, at: datetime) -> None:
    """The truth is in the table; a job is only the bell. One job at a time looks for an inbox."""
    lock = f"look {inbox_id}"
    second = at.replace(microsecond=0).isoformat()
    ring("heard.ingest.tasks.look", lock=lock, once=f"{lock} {second}", at=at, inbox_id=inbox_id)


def ring_for_next(inbox: Inbox) -> None:
    due_at = Look.objects.filter(inbox=inbox).aggregate(at=Min("due_at"))["at"]
    if due_at is not None:
        ring_looks(inbox.pk, at=due_at)


def ring_all_due(*, now: datetime) -> int:
    """The net below the bells. Gives how many inboxes it rang for."""
    due = Look.objects.filter(due_at__lte=now, inbox__state=Inbox.State.CONNECTED)
    inboxes = list(due.order_by("inbox").values_list("inbox", flat=True).distinct())
    for inbox_id in inboxes:
        ring_looks(inbox_id, at=now)
    return len(inboxes)

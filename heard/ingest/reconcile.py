"""Ask a network what it holds, and take in what no hook told us.

Hooks get lost: we were away, or the network stopped calling. So every inbox asks at set-up, every hour and
after each outage, from the last time that was good, with an overlap. The time is cut into slices; each slice
is asked for, compared and stored as calls, and taken in like hooks before the next one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from heard.channels.contract import (
    ConfirmsGone,
    Ignored,
    Incoming,
    MessageDeleted,
    MessageIn,
    NoAnswer,
    NotReached,
    Priced,
    Reconciles,
    ReconnectNeeded,
    Rejected,
    Replays,
    TryAgain,
    Wire,
)
from heard.channels.registry import CHANNELS
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.wire import wire_for
from heard.ingest import held_calls
from heard.ingest.backfill import beginning, past_before
from heard.ingest.bell import ring_for
from heard.ingest.differing import differing
from heard.ingest.gone import gone
from heard.ingest.held_rows import note_listed
from heard.ingest.models import Reconciliation

State = Reconciliation.State

EVERY: Final = timedelta(hours=1)
EVERY_PRICED: Final = timedelta(days=1)  # where the network takes money for reading
OVERLAP: Final = timedelta(hours=6)
# Edits and deletions happen to what is older: once a day the look goes back this far.
DEEP: Final = timedelta(days=7)
DEEP_EVERY: Final = timedelta(days=1)
SLICE: Final = timedelta(days=7)
CLOCKS_DIFFER: Final = timedelta(minutes=5)
WAIT: Final = timedelta(minutes=1)  # after a network that did not answer and named no time
LONGEST_WAIT: Final = timedelta(hours=2)
INTAKE_PAUSE: Final = timedelta(seconds=1)
AT_ONCE: Final = 100


class Stopped(Exception):
    """The look was cancelled while it was under way."""


def reconciles(inbox: Inbox) -> Reconciles | None:
    """The inbox's network, if it can be asked what it holds."""
    network = CHANNELS.get(inbox.channel)
    return network if isinstance(network, Reconciles) else None


def asks_every(inbox: Inbox) -> timedelta:
    return EVERY_PRICED if isinstance(CHANNELS.get(inbox.channel), Priced) else EVERY


# ── beginning ──


@transaction.atomic
def begin(
    inbox: Inbox, *, reason: Reconciliation.Reason, now: datetime, since: datetime | None = None
) -> None:
    """A new look, from the last good time unless `since` says otherwise. One that is under way goes on."""
    if reconciles(inbox) is None:
        return
    start = min(since or _since(inbox, now=now), now)
    Reconciliation.objects.bulk_create(
        [
            Reconciliation(
                workspace_id=inbox.workspace_id,
                inbox=inbox,
                reason=reason,
                since=start,
                until=now,
                reached=start,
                started_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    ring_for(inbox.pk, "reconcile")


def _since(inbox: Inbox, *, now: datetime) -> datetime:
    done = Reconciliation.objects.filter(inbox=inbox, state=State.DONE)
    good = done.order_by("-until").values_list("until", flat=True).first()
    deep = done.filter(started_at__gt=now - DEEP_EVERY, since__lte=F("until") - DEEP).exists()
    since = good - OVERLAP if good else now - DEEP
    return max(since if deep else min(since, now - DEEP), beginning(inbox))


# ── one slice ──


def under_way(inbox: Inbox) -> Reconciliation | None:
    return Reconciliation.objects.filter(inbox=inbox, state=State.RUNNING).first()


def reconcile(inbox: Inbox, *, now: datetime) -> datetime | None:
    """The next slice of the look under way. Gives when to go on; None when there is nothing more to do.

    Dying in the middle does no harm: the slice is asked for again, and what is stored is known.
    """
    run, network = under_way(inbox), reconciles(inbox)
    if run is None or network is None or inbox.state != Inbox.State.CONNECTED:
        return None
    if run.not_before and now < run.not_before:
        return run.not_before
    if held_calls.waits(inbox):
        return now + INTAKE_PAUSE
    try:
        wire = wire_for(credentials_of(inbox))
        with renewing(inbox, used=wire.credentials, now=now):
            _Slice(inbox, run, network, wire, now).ask()
    except (NotConnected, CannotOpen, Stopped):
        return None
    except ReconnectNeeded as error:
        require_reconnect(inbox, reason=error.reason, now=now)
        return None
    except (TryAgain, NoAnswer, NotReached) as error:
        return _put_off(run, error, now=now)
    except Rejected as error:
        _end(run, problem=error.reason, now=now)
    run.refresh_from_db()
    return now if run.state == State.RUNNING else None


def _put_off(run: Reconciliation, error: Exception, *, now: datetime) -> datetime:
    """When to try again: the network's own wish, else ever later the longer it lasts."""
    asked = error.after if isinstance(error, TryAgain) else None
    lasts = now - run.started_at
    after = asked or min(max(WAIT, lasts / 2), LONGEST_WAIT)
    until = now + after
    Reconciliation.objects.filter(pk=run.pk).update(not_before=until, problem=str(error)[:500])
    return until


def _end(run: Reconciliation, *, problem: str, now: datetime) -> None:
    Reconciliation.objects.filter(pk=run.pk, state=State.RUNNING).update(
        state=State.DONE, problem=problem[:500], not_before=None, ended_at=now
    )


@dataclass
class _Slice:
    inbox: Inbox
    run: Reconciliation
    network: Reconciles
    wire: Wire[Any]
    now: datetime
    refused: list[str] = field(default_factory=list)
    listed: int = 0

    def ask(self) -> None:
        """Raises Stopped, TryAgain, Rejected or ReconnectNeeded."""
        since, until = self.run.reached, min(self.run.reached + SLICE, self.run.until)
        if since == self.run.since and self.run.reason == Reconciliation.Reason.OUTAGE:
            self._ask_for_calls_again()
        is_last = until == self.run.until
        told = self.network.held(self.wire, since=since, until=until + CLOCKS_DIFFER if is_last else until)
        for facts in _by_many(self._kept(told)):
            self._compare(facts)
        if isinstance(self.network, ConfirmsGone) and not self.refused:
            self._store(
                list(
                    gone(
                        self.inbox,
                        self.network,
                        self.wire,
                        since=since,
                        until=until,
                        asked_at=self.now,
                    )
                )
            )
        self._reached(until)
        if is_last:
            _end(self.run, problem=" ".join(dict.fromkeys(self.refused)), now=self.now)

    def _ask_for_calls_again(self) -> None:
        """Hooks tell more than lists do: likes, deletions, what was read. A refusal costs us only that."""
        if isinstance(self.network, Replays):
            with suppress(Rejected):
                self.network.replay(self.wire, since=self.run.since, until=self.now)

    def _kept(self, told: Iterator[Incoming]) -> Iterator[Incoming]:
        """Without the network's refusals, which are no facts."""
        for fact in told:
            if isinstance(fact, Ignored) and not fact.raw:
                self.refused.append(fact.reason)
            else:
                yield fact

    @transaction.atomic
    def _compare(self, facts: Sequence[Incoming]) -> None:
        said = [fact for fact in facts if isinstance(fact, MessageIn)]
        self.listed += len(said)
        note_listed(self.inbox, said, now=self.now)
        self._store(list(differing(self.inbox, facts, asked_at=self.now)))

    @transaction.atomic
    def _store(self, facts: Sequence[Incoming]) -> None:
        held_calls.write_held(self.inbox, facts, past_before=past_before(self.inbox), now=self.now)
        found = sum(isinstance(fact, MessageIn) for fact in facts)
        removed = sum(isinstance(fact, MessageDeleted) for fact in facts)
        going_on = Reconciliation.objects.filter(pk=self.run.pk, state=State.RUNNING).update(
            found=F("found") + found,
            removed=F("removed") + removed,
            changed=F("changed") + len(facts) - found - removed,
        )
        if not going_on:
            raise Stopped

    def _reached(self, until: datetime) -> None:
        Reconciliation.objects.filter(pk=self.run.pk).update(
            reached=until, listed=F("listed") + self.listed, not_before=None, problem=""
        )


def _by_many(facts: Iterator[Incoming]) -> Iterator[list[Incoming]]:
    some: list[Incoming] = []
    for fact in facts:
        some.append(fact)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some

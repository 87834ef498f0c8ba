"""Hear what matches our queries as it is said: one connection an app, for the whole installation.

Networks allow one stream for an app, however many workers there are. Whoever holds the app's lock in the
database reads the stream; when that worker goes away, its connection and the lock go with it, and the next
one takes over. A search from where the last one ended fills the gap.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db.models import QuerySet
from django.utils import timezone

from heard.channels.contract import (
    Hook,
    Listens,
    NoAnswer,
    NotReached,
    Query,
    ReconnectNeeded,
    Rejected,
    TryAgain,
)
from heard.channels.registry import channel
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.spending import is_used_up, price, spend
from heard.inboxes.wire import wire_for
from heard.ingest.holding import Holder, Overseer
from heard.ingest.look import SEARCH_EVERY, ring_looks, store_calls
from heard.ingest.models import ListenQuery, Look

# How often it is looked whether the queries are still the same.
LOOK_EVERY_SECONDS = 5.0
LIVE_FOR = timedelta(seconds=90)
LOCKS = 0x4865_6172  # ours among all advisory locks

FIRST_STEP, LONGEST_STEP = timedelta(milliseconds=250), timedelta(seconds=16)
LONGEST_PAUSE = timedelta(seconds=320)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Group:
    """All that is listened for through one app. The first inbox lends its credentials."""

    name: str
    queries: Sequence[ListenQuery]

    @property
    def leader(self) -> Inbox:
        return self.queries[0].inbox

    @property
    def agreed(self) -> list[Query]:
        return [Query(query.tag, query.text) for query in self.queries]


def groups() -> dict[str, Group]:
    """What is to be listened for at present, by app. An inbox whose money is used up listens no more."""
    found: dict[str, list[ListenQuery]] = {}
    known: dict[int, str] = {}
    rows = ListenQuery.objects.filter(inbox__state=Inbox.State.CONNECTED)
    for query in rows.select_related("inbox__workspace").order_by("inbox", "id"):
        if query.inbox_id not in known:
            known[query.inbox_id] = _app_of(query.inbox)
        if known[query.inbox_id]:
            found.setdefault(known[query.inbox_id], []).append(query)
    return {name: Group(name, queries) for name, queries in found.items()}


def _app_of(inbox: Inbox) -> str:
    network = channel(inbox.channel)
    if not isinstance(network, Listens) or is_used_up(inbox, now=timezone.now()):
        return ""
    try:
        app = network.stream_of(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return ""
    return f"{inbox.channel} {app}" if app else ""


class Listening(Overseer):
    """Sees to it that every app has one who listens."""

    def __init__(self) -> None:
        super().__init__("listening")
        self.streams: dict[str, Stream] = {}

    def look(self) -> None:
        self.streams = {name: stream for name, stream in self.streams.items() if stream.is_alive()}
        for name in groups().keys() - self.streams.keys():
            self.streams[name] = Stream(name, self.stopping)
            self.streams[name].start()


class Stream(Holder):
    def __init__(self, app: str, stopping: threading.Event) -> None:
        number = zlib.crc32(app.encode()) - 2**31
        super().__init__(f"stream {app}", lock=(LOCKS, number), stopping=stopping)
        self.app = app

    def hold(self, held: psycopg.Connection[Any]) -> None:
        while not self.stopping.is_set():
            group = groups().get(self.app)
            if group is None:
                return
            pause = self._listen_once(group, held)
            if pause is None:
                return
            self.stopping.wait(pause.total_seconds())

    def _listen_once(self, group: Group, held: psycopg.Connection[Any]) -> timedelta | None:
        """How long to wait before the next connection; None when there is nothing more to listen to."""
        inbox, now = group.leader, timezone.now()
        try:
            wire = wire_for(credentials_of(inbox))
            with renewing(inbox, used=wire.credentials, now=now):
                self._read(group, wire, held)
        except ReconnectNeeded as error:
            require_reconnect(inbox, reason=error.reason, now=now)
            return None
        except Rejected as error:
            log.warning("the stream of %s was refused: %s", self.app, error.reason)
            _note_problem(group, error.reason)
            return LONGEST_PAUSE
        except TryAgain as error:
            _note_problem(group, error.reason)
            return self._pause(error.after)
        except (NoAnswer, NotReached):
            return self._pause(None)
        except (NotConnected, CannotOpen):
            return None
        return timedelta()

    def _pause(self, after: timedelta | None) -> timedelta:
        """At once the first time, then longer in steps; what the network names as a pause is doubled."""
        self.failures += 1
        if after is None:
            return min(FIRST_STEP * (self.failures - 1), LONGEST_STEP)
        doubled: timedelta = after * 2 ** min(self.failures - 1, 10)
        return max(after, min(doubled, LONGEST_PAUSE))

    def _read(self, group: Group, wire: Any, held: psycopg.Connection[Any]) -> None:
        network = channel(group.leader.channel)
        assert isinstance(network, Listens)
        _agree(network, group, wire)
        begun = checked_at = timezone.now()
        for hook in network.listen(wire):
            now = timezone.now()
            held.execute("SELECT 1")  # without the lock another worker listens
            if self.failures or checked_at == begun:
                _fill_gap(group)
            self.failures = 0
            if hook is not None:
                _take(group, hook)
            if checked_at == begun or (now - checked_at).total_seconds() >= LOOK_EVERY_SECONDS:
                checked_at = now
                _beat(group, begun=begun)
                fresh = groups().get(self.app)
                if self.stopping.is_set() or fresh is None or fresh.leader != group.leader:
                    return
                if fresh.agreed != group.agreed:
                    group = fresh
                    _agree(network, group, wire)


def _agree(network: Listens, group: Group, wire: Any) -> None:
    refused: Mapping[str, str] = network.agree(group.agreed, wire)
    for query in group.queries:
        reason = refused.get(query.tag, "")
        if reason != query.refused:
            ListenQuery.objects.filter(pk=query.pk).update(refused=reason)


def _take(group: Group, hook: Hook) -> None:
    """Into every inbox that listens for it. A query's tag is chance, so no text can pretend to match."""
    now, matched = timezone.now(), {}
    for query in group.queries:
        if query.tag.encode() in hook.body:
            matched[query.inbox_id] = query.inbox
    for inbox in matched.values():
        # The call names the account that lent its credentials; it is for the one that asked.
        headers = {
            name: inbox.account if value == group.leader.account else value
            for name, value in hook.headers.items()
        }
        store_calls(inbox, [Hook(hook.method, hook.query, headers, hook.body)], now=now)
        spend(inbox, price(inbox, "match"), what="match", now=now)


def _looks(group: Group) -> QuerySet[Look]:
    """Of those that the network did not refuse; these are searched for only."""
    return Look.objects.filter(query__in=[query.pk for query in group.queries], query__refused="")


def _fill_gap(group: Group) -> None:
    """Search once from where the last search ended."""
    now = timezone.now()
    _looks(group).update(due_at=now, failures=0, problem="")
    for inbox_id in {query.inbox_id for query in group.queries}:
        ring_looks(inbox_id, at=now)


def _beat(group: Group, *, begun: datetime) -> None:
    """Say that the stream lives. Searching rests meanwhile, once it has filled the gap."""
    now = timezone.now()
    looks = _looks(group)
    looks.update(live_until=now + LIVE_FOR)
    looks.filter(looked_at__gte=begun).update(due_at=now + SEARCH_EVERY)


def _note_problem(group: Group, reason: str) -> None:
    _looks(group).update(live_until=None, problem=reason)

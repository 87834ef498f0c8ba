"""Hear at once that something lies in a mailbox: one connection an inbox, which says so as it comes.

What comes is not read here: the inbox's look is made due, and takes it in as at any other time. So nothing depends
on these connections, and when they break, mails come with the next look a minute or two later.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import psycopg
from django.utils import timezone

from heard.channels.contract import NoAnswer, NotReached, ReconnectNeeded, Rejected, TryAgain, Waits
from heard.channels.registry import CHANNELS, channel
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.wire import wire_for
from heard.ingest.holding import Holder, Overseer, forget_connection
from heard.ingest.look import ring_looks
from heard.ingest.models import Look

MOST = 100  # connections of one worker; the inboxes beyond it are looked at now and then
# Routers forget quiet connections; servers end them after half an hour.
ANEW_AFTER = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
NOT_OFFERED = timedelta(hours=6)
LOCKS = 0x4865_6177  # ours among all advisory locks

log = logging.getLogger(__name__)


class Waiting(Overseer):
    """Sees to it that every inbox that can be waited at has one who waits."""

    def __init__(self) -> None:
        super().__init__("waiting")
        self.waiters: dict[int, Waiter] = {}

    def look(self) -> None:
        self.waiters = {pk: one for pk, one in self.waiters.items() if one.is_alive()}
        slugs = [slug for slug, network in CHANNELS.items() if isinstance(network, Waits)]
        there = Inbox.objects.filter(channel__in=slugs, state=Inbox.State.CONNECTED).order_by("pk")
        for pk in there.exclude(pk__in=self.waiters).values_list("pk", flat=True):
            if len(self.waiters) >= MOST:
                return
            self.waiters[pk] = Waiter(pk, self.stopping)
            self.waiters[pk].start()


class Waiter(Holder):
    def __init__(self, inbox_id: int, stopping: threading.Event) -> None:
        super().__init__(f"waiter {inbox_id}", lock=(LOCKS, inbox_id), stopping=stopping)
        self.inbox_id = inbox_id

    def hold(self, held: psycopg.Connection[Any]) -> None:
        while not self.stopping.is_set():
            inbox = Inbox.objects.filter(pk=self.inbox_id, state=Inbox.State.CONNECTED).first()
            if inbox is None:
                return
            pause = self._wait_once(inbox, held)
            forget_connection()
            self.stopping.wait(pause.total_seconds())

    def _wait_once(self, inbox: Inbox, held: psycopg.Connection[Any]) -> timedelta:
        """How long to rest before the next connection."""
        network = channel(inbox.channel)
        try:
            wire = wire_for(credentials_of(inbox))
            if not isinstance(network, Waits) or not network.waits(wire.credentials):
                return NOT_OFFERED
            with renewing(inbox, used=wire.credentials, now=timezone.now()):
                self._read(inbox, network, wire, held)
        except ReconnectNeeded as error:
            require_reconnect(inbox, reason=error.reason, now=timezone.now())
        except Rejected:
            return NOT_OFFERED
        except TryAgain as error:
            return error.after or self._pause()
        except (NoAnswer, NotReached, NotConnected, CannotOpen):
            return self._pause()
        return timedelta()

    def _read(self, inbox: Inbox, network: Waits, wire: Any, held: psycopg.Connection[Any]) -> None:
        for came in network.wait(wire, longest=ANEW_AFTER):
            held.execute("SELECT 1")  # without the lock another worker waits
            self.failures = 0
            if came:
                _look_now(inbox)
            elif not Inbox.objects.filter(pk=inbox.pk, state=Inbox.State.CONNECTED).exists():
                return
            if self.stopping.is_set():
                return

    def _pause(self) -> timedelta:
        """Doubled each time."""
        self.failures += 1
        doubled: timedelta = FIRST_PAUSE * 2 ** min(self.failures - 1, 10)
        return min(doubled, LONGEST_PAUSE)


def _look_now(inbox: Inbox) -> None:
    now = timezone.now()
    Look.objects.filter(inbox=inbox, query=None, due_at__gt=now).update(due_at=now)
    ring_looks(inbox.pk, at=now)

"""Who is asked when: every hour, after an outage, and not while a look is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from heard.inboxes.models import Inbox
from heard.ingest.heartbeat import note_heartbeat
from heard.ingest.models import Heartbeat, Reconciliation
from heard.ingest.rounds import look_after_inboxes
from tests.cast import NOON, Network

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def looks() -> list[str]:
    return list(Reconciliation.objects.order_by("pk").values_list("reason", flat=True))


def done(at: datetime) -> None:
    Reconciliation.objects.filter(state="running").update(state="done", ended_at=at)


def test_every_hour_each_inbox_asks_from_the_last_good_time_on(facebook: Network) -> None:
    look_after_inboxes(now=NOON + HOUR)
    look_after_inboxes(now=NOON + HOUR * 3)
    assert looks() == ["hourly"]
    done(NOON + HOUR)

    look_after_inboxes(now=NOON + HOUR * 1.5)
    assert looks() == ["hourly"]
    look_after_inboxes(now=NOON + HOUR * 10)

    newest = Reconciliation.objects.latest("pk")
    assert newest.reason == "hourly"
    assert newest.since == NOON  # it was not connected before


def test_what_was_good_is_looked_at_again_with_an_overlap(facebook: Network) -> None:
    Inbox.objects.update(created_at=NOON - timedelta(days=60))
    look_after_inboxes(now=NOON)
    done(NOON)
    look_after_inboxes(now=NOON + HOUR)

    first, second = Reconciliation.objects.order_by("pk")

    assert first.since == NOON - timedelta(days=7)
    assert second.since == NOON - timedelta(hours=6)


def test_after_an_outage_everybody_asks_at_once(facebook: Network) -> None:
    note_heartbeat(now=NOON)
    look_after_inboxes(now=NOON)
    done(NOON)
    note_heartbeat(now=NOON + timedelta(seconds=20))
    look_after_inboxes(now=NOON + timedelta(seconds=21))
    assert looks() == ["hourly"]

    note_heartbeat(now=NOON + timedelta(minutes=10))
    look_after_inboxes(now=NOON + timedelta(minutes=11))

    assert looks() == ["hourly", "outage"]


def test_hooks_that_were_not_answered_for_a_while_are_an_outage_too(facebook: Network) -> None:
    look_after_inboxes(now=NOON)
    done(NOON)
    Heartbeat.objects.create(name="hooks", at=NOON, back_at=NOON + timedelta(minutes=2))

    look_after_inboxes(now=NOON + timedelta(minutes=3))

    assert looks() == ["hourly", "outage"]


def test_an_inbox_that_is_not_connected_asks_nothing(facebook: Network) -> None:
    Inbox.objects.update(state=Inbox.State.RECONNECT)
    look_after_inboxes(now=NOON)
    assert looks() == []

"""The days before an inbox was connected come in as history, and flood nobody's list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.events.models import EventRecord
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.backfill import backfill, cancel_backfill
from heard.ingest.models import Reconciliation
from heard.ingest.reconcile import reconcile
from heard.ingest.there import compare
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Message, Outcome, State, Ticket
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import Door, running_front

DAY = 86_400


class Past:
    """A network that people wrote to before anybody connected it."""

    def __init__(self, sandbox: Running, door: Door, ann: Agent) -> None:
        self.sandbox, self.door, self.ann = sandbox, door, ann

    def days_ago(self, days: float) -> None:
        self.sandbox.clock(-days * DAY)

    def connected(self, *, days: int | None = None) -> Inbox:
        self.sandbox.clock(0)
        return connect(
            self.ann.workspace,
            slug="facebook",
            credentials=channel("facebook").credentials.model_validate(self.sandbox.credentials("facebook")),
            by=self.ann,
            now=timezone.now(),
            public_url=self.door.url,
            history_days=days,
        )


@pytest.fixture
def past(transactional_db: None) -> Iterator[Past]:
    ann = an_agent(a_workspace("Acme"), "Ann", Agent.Role.ADMIN)
    with running_sandbox() as sandbox, running_front() as door:
        yield Past(sandbox, door, ann)


def read_back(inbox: Inbox, *, now: datetime | None = None) -> int:
    """Gives how many slices it took."""
    slices = 0
    while reconcile(inbox, now=timezone.now()):
        slices += bool(calls.take_all(now=timezone.now()))
    calls.take_all(now=timezone.now())
    return slices


def test_what_is_old_is_history_and_what_is_young_waits(past: Past) -> None:
    past.days_ago(20)
    old = past.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    unanswered = past.sandbox.say("facebook", by="petros", text="And mine?")
    past.days_ago(19)
    past.sandbox.own_app("facebook", "On its way.", under=old)
    past.days_ago(1)
    young = past.sandbox.say("facebook", by="ana", text="Are you open today?")
    done = past.sandbox.say("facebook", by="bela", text="And tomorrow?")
    past.sandbox.own_app("facebook", "From nine.", under=done)

    inbox = past.connected()
    read_back(inbox)

    outcomes = dict(Message.objects.filter(direction="in").values_list("external_id", "outcome"))
    assert outcomes == {
        old: Outcome.ANSWERED,
        unanswered: Outcome.DISMISSED,
        young: Outcome.OPEN,
        done: Outcome.ANSWERED,
    }
    assert Ticket.objects.filter(state=State.OPEN).count() == 1
    assert Message.objects.get(external_id=unanswered).outcome_reason == "history"
    side_by_side = compare(inbox)
    assert side_by_side is not None
    assert (side_by_side.there, side_by_side.here) == (6, 6)


def test_nothing_follows_from_history_but_a_new_word_opens_its_ticket(past: Past) -> None:
    past.days_ago(20)
    old = past.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    inbox = past.connected()
    read_back(inbox)
    assert set(EventRecord.objects.exclude(ticket_id=None).values_list("kind", flat=True)) == {
        "PastMessageReceived"
    }

    past.sandbox.say("facebook", by="jana", text="It never came", under=old)
    past.sandbox.settled("facebook")
    calls.take_all(now=timezone.now())

    ticket = Message.objects.get(external_id=old).ticket
    assert ticket.state == State.OPEN
    assert ticket.messages.count() == 2
    assert ticket.messages.filter(outcome=Outcome.OPEN).count() == 1


def test_history_goes_as_far_back_as_was_chosen(past: Past) -> None:
    past.days_ago(20)
    past.sandbox.say("facebook", by="jana", text="Too old")
    past.days_ago(3)
    wanted = past.sandbox.say("facebook", by="jana", text="Just right")

    read_back(past.connected(days=7))

    assert list(Message.objects.values_list("external_id", flat=True)) == [wanted]


def test_without_history_nothing_is_read_back(past: Past) -> None:
    past.days_ago(3)
    past.sandbox.say("facebook", by="jana", text="Before")

    inbox = past.connected(days=0)
    read_back(inbox)

    assert backfill(inbox) is None
    assert not Message.objects.exists()


def test_a_worker_that_dies_goes_on_where_it_was_and_an_admin_may_say_enough(past: Past) -> None:
    past.days_ago(29)
    first = past.sandbox.say("facebook", by="jana", text="The oldest")
    past.days_ago(10)
    second = past.sandbox.say("facebook", by="petros", text="Later")
    inbox = past.connected(days=30)

    reconcile(inbox, now=timezone.now())
    # The worker died here: another one begins anew with what is in the database.
    assert reconcile(inbox, now=timezone.now()) is not None
    calls.take_all(now=timezone.now())
    assert list(Message.objects.values_list("external_id", flat=True)) == [first]

    cancel_backfill(inbox, now=timezone.now())
    read_back(inbox)

    assert not Message.objects.filter(external_id=second).exists()
    assert Reconciliation.objects.get(inbox=inbox).state == Reconciliation.State.CANCELLED


def test_connecting_again_asks_for_what_was_missed_and_not_for_history(past: Past) -> None:
    inbox = past.connected()
    read_back(inbox)
    past.sandbox.faults("facebook", drop=1)
    missed = past.sandbox.say("facebook", by="jana", text="Hello?")

    past.connected()
    read_back(inbox)

    assert Message.objects.get(external_id=missed).outcome == Outcome.OPEN
    assert list(Reconciliation.objects.order_by("pk").values_list("reason", flat=True)) == [
        "history",
        "connected",
    ]

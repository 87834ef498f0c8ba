from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.tickets.answer import NothingWaits, answered
from heard.tickets.models import Outcome, State
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_answered_elsewhere_ends_the_waiting_of_all(messenger: Network, bea: Agent) -> None:
    ids = [messenger.direct("Hello"), messenger.direct("Anybody?")]

    answered(messenger.ticket(ids[0]), by=bea, now=messenger.tick(), reason="on the phone")

    assert [messenger.message(id).outcome for id in ids] == [Outcome.ANSWERED] * 2
    assert messenger.message(ids[0]).outcome_reason == "on the phone"
    assert messenger.ticket(ids[0]).state == State.ANSWERED
    assert EventRecord.objects.filter(kind="MessageAnswered", by=bea).count() == 2


def test_one_message_alone_can_be_said_to_be_answered(messenger: Network, bea: Agent) -> None:
    first, second = messenger.direct("Hello"), messenger.direct("Anybody?")

    answered(messenger.ticket(first), by=bea, now=messenger.tick(), message=messenger.message(first))

    assert messenger.ticket(first).is_open
    assert messenger.ticket(first).waiting_since == messenger.message(second).at


def test_nothing_is_answered_twice(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    answered(ticket, by=bea, now=facebook.tick())

    with pytest.raises(NothingWaits):
        answered(ticket, by=bea, now=facebook.tick())


def test_a_message_of_another_ticket_is_not_touched(facebook: Network, bea: Agent) -> None:
    here, there = a_ticket(facebook, said="One"), a_ticket(facebook, said="Two", by="Dana")

    with pytest.raises(NothingWaits):
        answered(here, by=bea, now=facebook.tick(), message=there.messages.get())

    assert reloaded(there).is_open

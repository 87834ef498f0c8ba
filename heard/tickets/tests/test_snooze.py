from __future__ import annotations

from datetime import timedelta

import pytest

from heard.tickets.answer import answered
from heard.tickets.folders import page_of
from heard.tickets.snooze import CannotSnooze, snooze, wake, wake_due
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

HOUR = timedelta(hours=1)


def test_a_snoozed_ticket_is_out_of_sight_and_still_open(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    snooze(ticket, until=facebook.now + HOUR, by=bea, now=facebook.now)

    assert reloaded(ticket).is_open
    assert page_of(bea, "waiting").tickets == []
    assert page_of(bea, "snoozed").tickets == [ticket]


def test_it_comes_back_when_its_time_has_come(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    snooze(ticket, until=facebook.now + HOUR, by=bea, now=facebook.now)

    assert wake_due(now=facebook.now + HOUR - timedelta(seconds=1)) == 0
    assert wake_due(now=facebook.now + HOUR) == 1
    assert reloaded(ticket).snoozed_until is None
    assert wake_due(now=facebook.now + HOUR) == 0


def test_an_agent_can_wake_it_early(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    snooze(ticket, until=facebook.now + HOUR, by=bea, now=facebook.now)

    wake(ticket, by=bea, now=facebook.tick())
    wake(ticket, by=bea, now=facebook.tick())

    assert reloaded(ticket).snoozed_until is None
    assert ticket.workspace.eventrecord_set.filter(kind="TicketWoke").count() == 1


def test_only_what_waits_can_be_put_off_and_only_to_a_time_to_come(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    with pytest.raises(CannotSnooze):
        snooze(ticket, until=facebook.now, by=bea, now=facebook.now)
    answered(ticket, by=bea, now=facebook.tick())
    with pytest.raises(CannotSnooze):
        snooze(ticket, until=facebook.now + HOUR, by=bea, now=facebook.now)


def test_answering_ends_the_snooze(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    snooze(ticket, until=facebook.now + HOUR, by=bea, now=facebook.now)

    answered(ticket, by=bea, now=facebook.tick())

    assert reloaded(ticket).snoozed_until is None

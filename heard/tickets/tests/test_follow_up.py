from __future__ import annotations

from datetime import timedelta

import pytest

from heard.tickets.folders import counts, page_of
from heard.tickets.follow_up import InThePast, end_follow_up, follow_up_on, show_due
from heard.tickets.models import State
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

DAY = timedelta(days=1)


def test_a_resolved_ticket_comes_up_again_on_its_day_and_once(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    resolve(ticket, by=bea, now=facebook.tick(), note="It was at the neighbour's.")
    at = facebook.now + DAY

    follow_up_on(ticket, at=at, note="Did the neighbour find it?", by=bea, now=facebook.now)

    assert page_of(bea, "follow-ups").tickets == [ticket]
    assert (show_due(now=at - timedelta(seconds=1)), counts(bea)["follow-ups"]) == (0, 0)
    assert (show_due(now=at), show_due(now=at), counts(bea)["follow-ups"]) == (1, 0, 1)
    assert reloaded(ticket).state == State.RESOLVED
    kinds = ticket.workspace.eventrecord_set.filter(kind__startswith="FollowUp").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["FollowUpPlanned", "FollowUpDue"]

    end_follow_up(ticket, by=bea, now=at)
    assert page_of(bea, "follow-ups").tickets == []


def test_planned_again_it_is_for_the_new_time(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    follow_up_on(ticket, at=facebook.now + DAY, by=bea, now=facebook.now)
    show_due(now=facebook.now + DAY)

    follow_up_on(ticket, at=facebook.now + 3 * DAY, by=bea, now=facebook.now + DAY)

    assert show_due(now=facebook.now + 2 * DAY) == 0
    assert show_due(now=facebook.now + 3 * DAY) == 1
    with pytest.raises(InThePast):
        follow_up_on(ticket, at=facebook.now, by=bea, now=facebook.now)

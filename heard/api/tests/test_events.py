from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest

from heard.api.tests.conftest import Program
from heard.events.models import EventRecord
from heard.tickets.assign import assign
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

pytestmark = pytest.mark.first


def wait_for(program: Program, count: int, **query: Any) -> list[dict[str, Any]]:
    """The feed also waits for the transactions of other tests, which share our server."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told = list(program.get("/events", **query).json()["items"])
        if len(told) >= count:
            return told
    raise AssertionError("the events did not come")


@pytest.mark.django_db(transaction=True)
def test_what_happened_is_told_oldest_first_and_goes_on(
    program: Program, facebook: Network, bea: Agent
) -> None:
    ticket = a_ticket(facebook, said="Hello")
    assign(ticket, to=bea, by=bea, now=NOON)

    wait_for(program, 3)
    first = program.get("/events", limit=2).json()
    rest = program.get("/events", after=first["next"]).json()

    assert [event["kind"] for event in first["items"]] == ["TicketOpened", "MessageReceived"]
    assert rest["next"] is None
    assert [event["kind"] for event in rest["items"]] == ["TicketAssigned"]
    event = rest["items"][0]
    assert (event["ticket"], event["by"]) == (ticket.number, {"id": bea.pk, "name": "Bea"})
    assert event["payload"] == {"assignee_id": bea.pk, "assignee": "Bea"}
    assert program.get("/events", after=event["id"]).json() == {"items": [], "next": None}


@pytest.mark.parametrize("after", ["x", "-1", "1.0", str(2**63), "١"])
def test_a_made_up_cursor_is_a_bad_request(program: Program, after: str) -> None:
    assert program.get("/events", after=after).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_the_feed_does_not_step_over_a_slower_transaction(
    program: Program, facebook: Network, bea: Agent, database_url: str
) -> None:
    """The slow one draws its number first and commits last. Whoever follows the feed must see both."""
    ticket = a_ticket(facebook, said="Hello")
    after = EventRecord.objects.latest("pk").pk
    with psycopg.connect(database_url) as slow:
        slow.execute(
            "INSERT INTO events_eventrecord (workspace_id, kind, at, payload)"
            " VALUES (%s, 'Slow', now(), '{}')",
            [bea.workspace_id],
        )
        assign(ticket, to=bea, by=bea, now=NOON)
        meanwhile = program.get("/events", after=after).json()["items"]
        slow.commit()

    told = wait_for(program, 2, after=after)
    assert meanwhile == []
    assert [event["kind"] for event in told] == ["Slow", "TicketAssigned"]

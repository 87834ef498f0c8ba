"""Networks that have to be asked, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_httpserver import HTTPServer

from heard.inboxes.connect import require_reconnect
from heard.inboxes.events import InboxConnected
from heard.inboxes.models import Inbox
from heard.inboxes.spending import CAP_IN_WORDS, cap_spending, spent
from heard.ingest.look import LEASE, begin_looking, look, look_at, ring_all_due
from heard.ingest.models import ListenQuery, Look, RawCall
from heard.tickets.models import Message
from heard.workspaces.models import Agent, Workspace
from tests.calls import take_all
from tests.cast import NOON, reloaded
from tests.small import Desk, a_small_network

MINUTE = timedelta(minutes=1)
HELLO = {"id": "m1", "text": "Hello"}


@pytest.fixture
def desk(acme: Workspace, httpserver: HTTPServer) -> Iterator[Desk]:
    with a_small_network(acme, httpserver) as desk:
        begin_looking([InboxConnected(workspace_id=acme.pk, inbox_id=desk.inbox.pk, name="Small", at=NOON)])
        yield desk


def the_look(desk: Desk) -> Look:
    return Look.objects.get(inbox=desk.inbox, query=None)


def test_what_a_look_brings_is_taken_in_as_if_the_network_had_called(desk: Desk) -> None:
    desk.answers("poll/0", said=[HELLO], next="1")

    assert look_at(desk.inbox, now=NOON) == 1
    take_all(now=NOON)

    assert Message.objects.get().text == "Hello"
    assert RawCall.objects.get().headers == {"x-asked": "poll"}
    assert (the_look(desk).looked_at, the_look(desk).due_at) == (NOON, NOON + MINUTE)


def test_the_next_look_begins_where_the_last_one_ended(desk: Desk) -> None:
    desk.answers("poll/0", said=[HELLO], next="7")
    desk.answers("poll/7", said=[HELLO, {"id": "m2", "text": "Anybody?"}], next="8")

    look_at(desk.inbox, now=NOON)
    look_at(desk.inbox, now=NOON + MINUTE)
    take_all(now=NOON)

    assert sorted(Message.objects.values_list("text", flat=True)) == ["Anybody?", "Hello"]


def test_nobody_looks_before_it_is_due(desk: Desk) -> None:
    desk.answers("poll/0", pause=300)
    look_at(desk.inbox, now=NOON)

    assert look_at(desk.inbox, now=NOON + 4 * MINUTE) == 0
    assert the_look(desk).due_at == NOON + 5 * MINUTE


def test_one_look_at_a_time_and_a_lost_one_is_made_again(desk: Desk) -> None:
    row, same = the_look(desk), the_look(desk)
    Look.objects.filter(pk=row.pk).update(due_at=NOON + LEASE)  # another worker has claimed it

    assert not look(same, desk.inbox, now=NOON)
    desk.answers("poll/0")
    assert look_at(desk.inbox, now=NOON + LEASE) == 1


@pytest.mark.parametrize(
    ("status", "extra", "wait"),
    [(429, {"retry_after": 90}, timedelta(seconds=90)), (500, {}, timedelta(seconds=15)), (404, {}, None)],
)
def test_a_network_that_wants_patience_gets_it_and_nothing_moves(
    desk: Desk, status: int, extra: dict[str, int], wait: timedelta | None
) -> None:
    desk.answers("poll/0", status=status, **extra)

    look_at(desk.inbox, now=NOON)

    row = the_look(desk)
    assert (row.cursor, row.looked_at, row.failures) == ({}, None, 1)
    assert str(status) in row.problem
    assert row.due_at == NOON + (wait or timedelta(seconds=15))


def test_refused_credentials_ask_for_a_person_and_looking_goes_on_afterwards(desk: Desk) -> None:
    desk.answers("poll/0", status=401)
    desk.answers("renew", status=401)

    look_at(desk.inbox, now=NOON)

    assert reloaded(desk.inbox).state == Inbox.State.RECONNECT
    assert look_at(reloaded(desk.inbox), now=NOON + timedelta(hours=1)) == 0
    assert ring_all_due(now=NOON + timedelta(hours=1)) == 0


def test_refused_credentials_that_can_be_renewed_are_and_the_next_look_works(desk: Desk) -> None:
    desk.answers("poll/0", status=401)
    desk.answers("renew", token="t2", expires_at="2026-11-02T14:00:00+00:00")
    desk.answers("poll/0", said=[HELLO])

    look_at(desk.inbox, now=NOON)
    look_at(desk.inbox, now=NOON + timedelta(seconds=1))

    assert reloaded(desk.inbox).state == Inbox.State.CONNECTED
    assert RawCall.objects.count() == 1


def test_the_sweep_rings_for_what_is_due_once(desk: Desk) -> None:
    assert ring_all_due(now=NOON) == 1
    require_reconnect(desk.inbox, reason="Expired", now=NOON)
    assert ring_all_due(now=NOON) == 0


def test_what_looks_cost_is_counted_and_ends_at_the_cap(desk: Desk, ann: Agent) -> None:
    cap_spending(desk.inbox, monthly_cap=Decimal("0.01"), by=ann, now=NOON)
    desk.answers("poll/0", cost="0.010")

    look_at(desk.inbox, now=NOON)
    look_at(desk.inbox, now=NOON + MINUTE)

    assert spent(desk.inbox, now=NOON) == Decimal("0.01")
    assert desk.asked("poll") == 1
    assert the_look(desk).problem == CAP_IN_WORDS
    desk.answers("poll/0")
    december = NOON + timedelta(days=30)
    look_at(desk.inbox, now=december)
    assert the_look(desk).looked_at == december


def test_a_query_is_searched_for_and_its_matches_come_in(desk: Desk, acme: Workspace) -> None:
    query = ListenQuery.objects.create(workspace=acme, inbox=desk.inbox, name="We", text="acme")
    Look.objects.create(workspace=acme, inbox=desk.inbox, query=query, due_at=NOON)
    desk.answers("poll/0")
    found = {"id": "p1", "kind": "mention", "text": "acme is slow", "tag": query.tag}
    desk.answers("search/acme/0", said=[found], next="5", cost="0.005")

    assert look_at(desk.inbox, now=NOON) == 2
    take_all(now=NOON)

    assert Message.objects.get().kind == "mention"
    assert Look.objects.get(query=query).cursor == {"since": "5"}
    assert spent(desk.inbox, now=NOON) == Decimal("0.005")

"""`GET /tickets`"""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.tickets.answer import answered
from heard.tickets.assign import assign
from heard.tickets.models import Ticket
from heard.tickets.snooze import snooze
from heard.tickets.tag import tag
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, an_inbox


def numbers(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [item["number"] for item in answer.json()["items"]]


def test_a_ticket_tells_what_a_client_needs(program: Program, facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    assign(ticket, to=bea, by=bea, now=NOON)
    tag(ticket, add=["parcel"], by=bea, now=NOON)

    shown = program.get("/tickets").json()["items"][0]

    assert shown["number"] == ticket.number
    assert (shown["state"], shown["kind"]) == ("open", "comment")
    assert shown["preview"] == "Where is my parcel?"
    assert shown["waiting_since"] == "2026-11-02T12:00:01Z"
    assert shown["inbox"] == {"id": facebook.inbox.pk, "name": "Acme Shop facebook", "channel": "facebook"}
    assert shown["contact"]["name"] == "Jana"
    assert shown["assignee"] == {"id": bea.pk, "name": "Bea"}
    assert shown["tags"] == ["parcel"]
    assert shown["public_number"].startswith(f"HRD-{ticket.number}-")
    assert shown["url"].endswith(f"/tickets/{ticket.number}")
    assert (shown["resolution"], shown["snoozed_until"]) == (None, None)


def test_what_waits_comes_in_the_order_in_which_it_waits(program: Program, facebook: Network) -> None:
    tickets = [a_ticket(facebook, said=text, by=text) for text in ("One", "Two", "Three")]

    assert numbers(program.get("/tickets", state="open")) == [ticket.number for ticket in tickets]
    assert numbers(program.get("/tickets")) == [ticket.number for ticket in reversed(tickets)]


def test_pages_follow_each_other_without_gap_or_repeat(program: Program, facebook: Network) -> None:
    made = [a_ticket(facebook, said=str(number)).number for number in range(7)]

    for query, order in (({"state": "open"}, made), ({}, made[::-1]), ({"folder": "waiting"}, made)):
        seen, cursor = [], ""
        while True:
            answer = program.get("/tickets", limit=3, cursor=cursor, **query)
            seen += numbers(answer)
            cursor = answer.json()["next"]
            if cursor is None:
                break
        assert seen == order


def test_open_tickets_are_listed_also_while_they_sleep(
    program: Program, facebook: Network, bea: Agent
) -> None:
    ticket = a_ticket(facebook, said="Later")
    snooze(ticket, until=NOON + timedelta(days=1), by=bea, now=NOON)

    assert numbers(program.get("/tickets", state="open")) == [ticket.number]
    assert numbers(program.get("/tickets", folder="snoozed")) == [ticket.number]
    assert numbers(program.get("/tickets", folder="waiting")) == []


def test_several_inboxes_are_listed_as_one(program: Program, facebook: Network, messenger: Network) -> None:
    mine = [a_ticket(network, said="Hi", direct=network is messenger) for network in (facebook, messenger)]
    a_ticket(Network(an_inbox(facebook.inbox.workspace, "facebook", account="2")), said="Hi")

    found = program.get(
        "/tickets", state="open", inbox=[network.inbox.pk for network in (facebook, messenger)]
    )

    assert numbers(found) == [ticket.number for ticket in mine]


def test_filters_join(program: Program, facebook: Network, bea: Agent, oto: Agent) -> None:
    other = Network(an_inbox(facebook.inbox.workspace, "facebook", account="2"))
    mine, free, elsewhere = (
        a_ticket(facebook, said="Mine"),
        a_ticket(facebook, said="Free"),
        a_ticket(other, said="Elsewhere"),
    )
    assign(mine, to=bea, by=bea, now=NOON)
    assign(elsewhere, to=oto, by=bea, now=NOON)
    tag(free, add=["Late parcel"], by=bea, now=NOON)
    answered(elsewhere, by=bea, now=NOON)

    assert numbers(program.get("/tickets", assignee="me")) == [mine.number]
    assert numbers(program.get("/tickets", assignee="none")) == [free.number]
    assert numbers(program.get("/tickets", assignee=oto.pk)) == [elsewhere.number]
    assert numbers(program.get("/tickets", inbox=other.inbox.pk)) == [elsewhere.number]
    assert numbers(program.get("/tickets", inbox=other.inbox.pk, state="open")) == []
    assert numbers(program.get("/tickets", tag="late  PARCEL")) == [free.number]
    assert numbers(program.get("/tickets", state="answered")) == [elsewhere.number]


def test_words_find_tickets_and_filters_narrow_them(program: Program, facebook: Network, bea: Agent) -> None:
    waiting = a_ticket(facebook, said="Where is my parcel?")
    done = a_ticket(facebook, said="Parcel has come")
    a_ticket(facebook, said="Something else")
    answered(done, by=bea, now=NOON)

    assert numbers(program.get("/tickets", q="parcel")) == [done.number, waiting.number]
    assert numbers(program.get("/tickets", q="parcel", state="open")) == [waiting.number]
    assert numbers(program.get("/tickets", q=f"#{done.number}")) == [done.number]
    assert len(numbers(program.get("/tickets", q="parcel", limit=1))) == 1


@pytest.mark.parametrize("cursor", ["x", "!!!!", "W10", "WzEsMl0", "WyJhIiwgSW5maW5pdHld", "e30", "a" * 150])
def test_a_made_up_cursor_is_a_bad_request(program: Program, cursor: str) -> None:
    assert program.get("/tickets", cursor=cursor).status_code == 400


@pytest.mark.parametrize("key", ["Infinity", "1e400", "NaN", str(10**40), "[" * 100, "null"])
def test_a_cursor_beyond_every_number_is_no_crash(program: Program, key: str) -> None:
    made_up = f'["2026-01-01T00:00:00+00:00", {key}]'
    cursor = base64.urlsafe_b64encode(made_up.encode()).decode().rstrip("=")

    assert program.get("/tickets", cursor=cursor).status_code in (200, 400)


def test_empty_parameters_are_none(program: Program, facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Hello")

    assert numbers(program.get("/tickets", state="", inbox="", assignee="", q="", cursor="", limit="")) == [
        ticket.number
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "closed"},
        {"limit": 0},
        {"limit": 201},
        {"inbox": 2**63},
        {"inbox": "x"},
        {"assignee": "Bea"},
    ],
)
def test_values_that_cannot_be_are_refused(program: Program, query: dict[str, Any]) -> None:
    assert program.get("/tickets", **query).status_code == 422


def test_the_number_of_queries_does_not_grow_with_the_list(
    program: Program, facebook: Network, bea: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        assign(a_ticket(facebook, said=str(number), by=str(number)), to=bea, by=bea, now=NOON)
    program.get("/me")

    Ticket.objects.update(tags=["delivery"])

    for asked in ({}, {"state": "open"}, {"tag": "delivery"}):
        for limit in (1, 12):
            with django_assert_num_queries(2):
                assert len(numbers(program.get("/tickets", limit=limit, **asked))) == limit

"""Listening, looking back and spending."""

from __future__ import annotations

from decimal import Decimal

import pytest

from heard.api.tests.conftest import Program
from heard.inboxes.models import Inbox
from heard.inboxes.spending import spend
from heard.ingest.models import ListenQuery, Reconciliation
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, an_inbox


@pytest.fixture
def program(ann: Agent) -> Program:
    return Program(ann)


@pytest.fixture
def on_x(ann: Agent) -> Inbox:
    return Inbox.objects.create(workspace=ann.workspace, channel="x", account="9", name="Acme on X")


def test_a_query_is_added_listed_and_removed(program: Program, on_x: Inbox) -> None:
    made = program.post(f"/inboxes/{on_x.pk}/queries", name="Our name", text="acme  shop")
    assert made.status_code == 201
    query = made.json()
    assert (query["name"], query["text"], query["refused"]) == ("Our name", "acme shop", "")
    assert program.get(f"/inboxes/{on_x.pk}/queries").json()["items"] == [query]
    again = program.post(f"/inboxes/{on_x.pk}/queries", name="Twice", text="acme shop")
    assert (again.status_code, again.json()["code"]) == (409, "there")

    removed = program.post(f"/inboxes/{on_x.pk}/queries/{query['id']}/remove")

    assert (removed.status_code, removed.json()["id"]) == (200, query["id"])
    assert not ListenQuery.objects.exists()


def test_a_network_without_ears_says_so(program: Program, facebook: Network) -> None:
    answer = program.post(f"/inboxes/{facebook.inbox.pk}/queries", name="Our name", text="acme")

    assert (answer.status_code, answer.json()["code"]) == (409, "cannot_listen")


def test_only_admins_listen_and_look_back(bea: Agent, on_x: Inbox) -> None:
    program = Program(bea)
    for answer in (
        program.get(f"/inboxes/{on_x.pk}/queries"),
        program.post(f"/inboxes/{on_x.pk}/queries", name="Our name", text="acme"),
        program.post(f"/inboxes/{on_x.pk}/reconcile"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:heard:problem:not-allowed")


def test_a_look_back_is_begun_once_and_told(program: Program, facebook: Network, ann: Agent) -> None:
    address = f"/inboxes/{facebook.inbox.pk}/reconcile"
    assert program.get(address).status_code == 404

    begun = program.post(address, since="2026-11-01T00:00:00Z")
    again = program.post(address)

    assert (begun.status_code, begun.json()["state"]) == (202, "running")
    assert begun.json()["since"] == "2026-11-01T00:00:00Z"
    assert again.json() == begun.json() == program.get(address).json()
    assert Reconciliation.objects.count() == 1
    telegram = Inbox.objects.create(workspace=ann.workspace, channel="telegram", account="1", name="Bot")
    refused = program.post(f"/inboxes/{telegram.pk}/reconcile")
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot_be_asked")


def test_spending_is_told_by_inbox_and_month(program: Program, on_x: Inbox, ann: Agent) -> None:
    an_inbox(ann.workspace, "facebook")
    Inbox.objects.filter(pk=on_x.pk).update(monthly_cap=Decimal(20))
    for what in ("send", "send", "poll"):
        spend(on_x, Decimal("0.015"), what=what, now=NOON)

    told = program.get("/spending", month="2026-11").json()

    [one] = told["items"]
    assert (one["inbox"]["id"], one["month"]) == (on_x.pk, "2026-11")
    assert (one["cap"], one["amount"]) == ("20.00", "0.0450")
    assert one["by"] == [
        {"what": "poll", "count": 1, "amount": "0.0150"},
        {"what": "send", "count": 2, "amount": "0.0300"},
    ]
    [before] = program.get("/spending", month="2026-10", inbox=on_x.pk).json()["items"]
    assert (before["amount"], before["by"]) == ("0.0000", [])
    assert program.get("/spending", month="2026-13").status_code == 422

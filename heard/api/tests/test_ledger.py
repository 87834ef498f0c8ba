from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.channels.contract import Ignored
from heard.ingest.held_rows import note_held
from heard.ingest.models import LedgerLine, RawCall, Reconciliation
from heard.tickets.answer import answered
from heard.tickets.dismiss import dismiss
from heard.tickets.like import like
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

SEVEN = ("received", "ignored", "quarantined", "open", "answered", "thanked", "dismissed")


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {name: told[name] for name in SEVEN if told[name]}


@pytest.fixture
def quarantined(facebook: Network) -> LedgerLine:
    call = RawCall.objects.create(
        workspace=facebook.inbox.workspace, inbox=facebook.inbox, body=b"{", received_at=NOON
    )
    return LedgerLine.objects.create(
        workspace=facebook.inbox.workspace,
        inbox=facebook.inbox,
        raw_call=call,
        position=0,
        fact="call",
        key="k1",
        place=LedgerLine.Place.QUARANTINED,
        reason="ValueError: broken",
        at=NOON,
    )


def test_the_counts_of_all_stand_at_the_top_and_add_up(
    program: Program, facebook: Network, messenger: Network, bea: Agent
) -> None:
    tickets = [a_ticket(facebook, said=str(number), by=str(number)) for number in range(4)]
    a_ticket(messenger, said="Hello", direct=True)
    answered(tickets[0], by=bea, now=NOON)
    dismiss(tickets[1], reason="Spam", by=bea, now=NOON)
    like(tickets[2].messages.select_related("inbox", "ticket").get(), by=bea, now=NOON)
    facebook.take(Ignored(at=NOON, reason="A story", raw={"id": "s1"}))

    told = program.get("/ledger").json()

    assert counts(told) == {
        "received": 6,
        "ignored": 1,
        "open": 2,
        "answered": 1,
        "thanked": 1,
        "dismissed": 1,
    }
    assert told["received"] == sum(told[name] for name in SEVEN[1:])
    assert {name: told["total"][name] for name in SEVEN} == {name: told[name] for name in SEVEN}
    assert [item["received"] for item in told["items"]] == [5, 1]
    assert told["next"] is None


def test_one_inbox_and_a_time_narrow_it(program: Program, facebook: Network, messenger: Network) -> None:
    a_ticket(facebook, said="Hello")
    a_ticket(messenger, said="Hello", direct=True)

    assert program.get("/ledger", inbox=messenger.inbox.pk).json()["received"] == 1
    assert program.get("/ledger", inbox=10**9).json() == {
        **dict.fromkeys(SEVEN, 0),
        "items": [],
        "next": None,
        "total": dict.fromkeys((*SEVEN, "updates", "echoes", "parked", "duplicates"), 0),
    }
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert program.get("/ledger", since=later).json()["received"] == 0
    assert program.get("/ledger", since="0001-01-01T00:00:00+14:00").json()["received"] == 2
    assert program.get("/ledger", since="yesterday").status_code == 422


def test_the_lines_behind_the_counts_are_told(
    program: Program, facebook: Network, quarantined: LedgerLine
) -> None:
    a_ticket(facebook, said="Hello")

    page = program.get("/ledger/lines", inbox=facebook.inbox.pk, limit=1).json()
    rest = program.get("/ledger/lines", inbox=facebook.inbox.pk, cursor=page["next"]).json()

    assert [page["items"][0]["place"], rest["items"][0]["place"]] == ["message", "quarantined"]
    assert rest["next"] is None
    only = program.get("/ledger/lines", inbox=facebook.inbox.pk, place="quarantined").json()["items"]
    assert [(line["id"], line["reason"]) for line in only] == [(quarantined.pk, "ValueError: broken")]
    assert program.get("/ledger/lines", inbox=facebook.inbox.pk, cursor="x").status_code == 400
    assert program.get("/ledger/lines").status_code == 422


def test_what_fails_again_stays_in_quarantine(program: Program, quarantined: LedgerLine) -> None:
    told = program.post(f"/quarantine/{quarantined.pk}/replay").json()

    assert (told["id"], told["replayed"]) == (quarantined.pk, False)
    assert told["reason"]


def test_what_goes_through_leaves_quarantine(program: Program, quarantined: LedgerLine) -> None:
    RawCall.objects.update(body=b'{"object": "page", "entry": []}')

    assert program.post(f"/quarantine/{quarantined.pk}/replay").json()["replayed"] is True
    assert program.post(f"/quarantine/{quarantined.pk}/replay").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_inboxes(
    program: Program, facebook: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program.get("/me")

    with django_assert_num_queries(5):
        program.get("/ledger")


def test_what_the_network_holds_stands_beside_what_is_here(program: Program, facebook: Network) -> None:
    here = facebook.comment("Where is my parcel?", at=NOON)
    Reconciliation.objects.create(
        workspace=facebook.inbox.workspace,
        inbox=facebook.inbox,
        reason="asked",
        state="done",
        since=NOON - timedelta(days=1),
        until=NOON + timedelta(hours=1),
        reached=NOON + timedelta(hours=1),
        started_at=NOON,
    )
    note_held(facebook.inbox, {"missed": NOON}, listed=True, now=NOON)

    [told] = program.get("/ledger/there-and-here").json()["items"]

    assert (told["there"], told["here"]) == (1, 1)
    assert [one["external_id"] for one in told["missing"]] == ["missed"]
    assert [one["external_id"] for one in told["only_here"]] == [here]
    assert program.get(f"/ledger/there-and-here?inbox={facebook.inbox.pk + 1}").json()["items"] == []

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.tickets.answer import answered
from heard.tickets.assign import assign
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.delivery import mark_failed, mark_sending, mark_unconfirmed
from heard.tickets.folders import (
    FOLDERS,
    SEVERAL,
    BadCursor,
    UnknownFolder,
    _rows,
    counts,
    opened_cursor,
    page_of,
    placed,
    sealed,
    waiting,
    with_names,
)
from heard.tickets.follow_up import follow_up_on, show_due
from heard.tickets.models import Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.review import ask_review
from heard.tickets.pending.schedule import schedule
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.tickets.snooze import snooze
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, an_agent, an_inbox


def test_each_ticket_stands_in_its_folders(facebook: Network, bea: Agent, oto: Agent, cyril: Agent) -> None:
    free, hers, his, asleep, done, over = (
        a_ticket(facebook, said=word, by=word) for word in ("Ab", "Bc", "Cd", "De", "Ef", "Fg")
    )
    assign(hers, to=bea, by=bea, now=facebook.tick())
    assign(his, to=oto, by=bea, now=facebook.tick())
    snooze(asleep, until=facebook.now + timedelta(hours=1), by=bea, now=facebook.now)
    answered(done, by=bea, now=facebook.tick())
    resolve(over, by=bea, now=facebook.tick(), note="by phone")

    assert _in(bea, "waiting") == [free, hers, his]
    assert _in(bea, "mine") == [hers]
    assert _in(oto, "mine") == [his]
    assert _in(bea, "unassigned") == [free]
    assert _in(bea, "snoozed") == [asleep]
    assert _in(bea, "answered") == [done]
    assert _in(bea, "resolved") == [over]
    assert _in(bea, "all") == [over, done, asleep, his, hers, free]
    assert all(_in(cyril, slug) == [] for slug in FOLDERS)


def test_counts_are_those_of_the_folders(facebook: Network, messenger: Network, bea: Agent) -> None:
    for word in ("Ab", "Bc", "Cd"):
        a_ticket(facebook, said=word, by=word)
    assign(a_ticket(messenger, said="Hi", direct=True), to=bea, by=bea, now=messenger.tick())
    snooze(a_ticket(facebook, said="De", by="De"), until=NOON + timedelta(days=1), by=bea, now=facebook.now)

    found = counts(bea)

    for slug in ("waiting", "mine", "unassigned", "snoozed", "unsent"):
        assert found[slug] == len(_in(bea, slug)), slug
    for network in (facebook, messenger):
        inside = page_of(bea, "waiting", inboxes=[network.inbox.pk]).tickets
        assert found[f"inbox:{network.inbox.pk}"] == len(inside)


def test_what_did_not_go_out_stands_in_unsent_until_something_else_did(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    failed = reply(ticket, text="On its way.", by=bea, now=facebook.tick())
    mark_sending(failed)
    mark_failed(failed, problem="transient", reason="down", now=facebook.tick())
    assert _in(bea, "unsent") == [ticket]

    reply(ticket, text="Still on its way.", by=bea, now=facebook.tick())

    assert _in(bea, "unsent") == []


def test_a_reply_in_doubt_is_shown_even_after_resolving(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    sent = reply(ticket, text="On its way.", by=bea, now=facebook.tick())
    resolve(ticket, by=bea, now=facebook.tick())
    mark_sending(sent)
    mark_unconfirmed(sent, reason="no answer", now=facebook.tick())

    assert _in(bea, "unsent") == [ticket]


def test_a_failed_reply_is_done_with_when_its_ticket_is_resolved(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    failed = reply(ticket, text="On its way.", by=bea, now=facebook.tick())
    mark_sending(failed)
    mark_failed(failed, problem="transient", reason="down", now=facebook.tick())
    resolve(ticket, by=bea, now=facebook.tick(), note="by phone")

    assert _in(bea, "unsent") == []


@pytest.mark.parametrize("slug", ["waiting", "all"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_join_without_gap_or_repeat_even_where_times_are_equal(
    facebook: Network, bea: Agent, slug: str, size: int
) -> None:
    facebook.take(*(facebook.a_comment(f"c{n}", "Same moment", at=NOON) for n in range(5)))
    facebook.take(facebook.a_comment("c9", "Later", at=NOON + timedelta(microseconds=1)))

    pages = list(_pages(bea, slug, size))

    assert [ticket for page in pages for ticket in page] == _in(bea, slug)
    assert len(pages) == -(-6 // size)


def test_a_page_costs_the_same_number_of_queries_whatever_is_on_it(facebook: Network, bea: Agent) -> None:
    a_ticket(facebook, said="One", by="Ab")
    with CaptureQueriesContext(connection) as few:
        _read(page_of(bea, "waiting").tickets)
    for word in ("Bc", "Cd", "De"):
        assign(a_ticket(facebook, said=word, by=word), to=bea, by=bea, now=facebook.tick())

    with CaptureQueriesContext(connection) as many:
        _read(page_of(bea, "waiting").tickets)

    assert len(many) == len(few) == 1


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "\ud800",
        "####",
        "AAAA",
        *(
            base64.urlsafe_b64encode(json.dumps(value).encode()).decode()
            for value in (5, [], ["2026"], ["2026-01-01", []], [1, 2], {"a": 1, "b": 2}, ["2026-13-01", 1])
        ),
        base64.urlsafe_b64encode(b'["0001-01-01T00:00:00+23:59", 1]').decode(),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    ],
)
def test_a_cursor_that_we_did_not_give_out_is_refused(bea: Agent, cursor: str) -> None:
    with pytest.raises(BadCursor):
        page_of(bea, "waiting", cursor=cursor)


def test_a_made_up_place_in_the_list_finds_nothing_worse_than_nothing(facebook: Network, bea: Agent) -> None:
    a_ticket(facebook, said="One")
    far = base64.urlsafe_b64encode(json.dumps(["2026-01-01T00:00:00+00:00", 10**30]).encode()).decode()

    assert len(page_of(bea, "waiting", cursor=far).tickets) == 1


def test_each_folder_can_be_narrowed_to_some_inboxes(facebook: Network, bea: Agent) -> None:
    second, third = (Network(an_inbox(bea.workspace, "facebook", account=id)) for id in ("2", "3"))
    for network in (facebook, second, third):
        _one_in_each_folder(network, bea)
    counted = counts(bea)

    for slug in FOLDERS:
        whole = _in(bea, slug)
        assert len({ticket.inbox_id for ticket in whole}) == 3, slug
        for chosen in ([facebook], [facebook, third], [facebook, second, third]):
            inboxes = [network.inbox.pk for network in chosen]
            expected = [ticket for ticket in whole if ticket.inbox_id in inboxes]
            assert [ticket for page in _pages(bea, slug, 2, inboxes) for ticket in page] == expected, slug
            if slug in counted:
                assert waiting(bea).of(bea, inboxes)[slug] == len(expected), slug


def test_more_inboxes_than_are_worth_a_look_each_are_read_along_their_folder(
    facebook: Network, bea: Agent
) -> None:
    _one_in_each_folder(facebook, bea)
    _one_in_each_folder(Network(an_inbox(bea.workspace, "facebook", account="2")), bea)
    strangers = range(10**9, 10**9 + SEVERAL)

    found = page_of(bea, "all", inboxes=[facebook.inbox.pk, *strangers]).tickets

    assert list(found) == [ticket for ticket in _in(bea, "all") if ticket.inbox_id == facebook.inbox.pk]


@pytest.mark.parametrize(
    ("slug", "index"),
    [
        ("unassigned", "ticket_unassigned_of_inbox"),
        ("snoozed", "ticket_snoozed_of_inbox"),
        ("answered", "ticket_answered_of_inbox"),
        ("resolved", "ticket_resolved_of_inbox"),
        ("all", "ticket_newest_of_inbox"),
    ],
)
def test_a_folder_of_one_inbox_is_read_in_order_along_an_index_of_its_own(
    facebook: Network, messenger: Network, bea: Agent, slug: str, index: str
) -> None:
    _many_that_wait(facebook, messenger, bea=bea)
    with connection.cursor() as cursor:  # on so few rows anything else would be quicker still
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
        )
    where = FOLDERS[slug]

    keys = placed(
        where.tickets(bea),
        order=where.order,
        newest_first=where.newest_first,
        limit=50,
        inboxes=[facebook.inbox.pk],
    )

    assert f"using {index} " in keys.explain()


def test_a_plan_made_once_for_all_agents_finds_a_folder_by_its_own_index(bea: Agent) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
        )
        for slug in ("snoozed", "answered", "resolved"):
            asked = _rows.wording(FOLDERS[slug], with_names, 51, agent=bea, inboxes=(), at=None, last=None)
            assert asked is not None
            count = len(asked.values)
            words = asked.words % tuple(f"${place}" for place in range(1, count + 1))
            cursor.execute(f"EXPLAIN (GENERIC_PLAN) {words}")

            assert f"using ticket_{slug} " in "\n".join(line for (line,) in cursor.fetchall())


def test_the_end_of_a_folder_is_read_by_the_plan_that_was_made_for_its_beginning(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    """Few tickets are behind that place. If the plan cost less for it, PostgreSQL would plan each page anew."""
    _many_that_wait(facebook, messenger, bea=bea)
    end = sealed(NOON + timedelta(days=400), 1)
    for _ in range(9):  # the driver prepares the fourth of them, PostgreSQL keeps its sixth plan after that
        page_of(bea, "waiting", cursor=end)

    at, last = opened_cursor(end)
    asked = _rows.wording(FOLDERS["waiting"], with_names, 51, agent=bea, inboxes=(), at=at, last=last)
    assert asked is not None
    with connection.cursor() as cursor:
        words = asked.words % tuple(f"${place}" for place in range(1, len(asked.values) + 1))
        cursor.execute("SELECT generic_plans FROM pg_prepared_statements WHERE statement = %s", [words])
        assert cursor.fetchall() == [(1,)]


def test_a_folder_that_does_not_exist_has_a_name_for_it(bea: Agent) -> None:
    with pytest.raises(UnknownFolder):
        page_of(bea, "trash")


def _in(agent: Agent, slug: str) -> list[Ticket]:
    return list(page_of(agent, slug).tickets)


def _many_that_wait(*networks: Network, bea: Agent) -> None:
    """Where there are none, an index of more than the folder is as good as the folder's own."""
    ones = [a_ticket(network, said="Hello", by=f"Jana {network.inbox.pk}") for network in networks]
    for one in ones:
        assign(one, to=bea, by=bea, now=NOON)
        one.refresh_from_db()
    alike = [copy(one) for one in ones for _ in range(300)]
    for number, ticket in enumerate(alike, start=5000):
        ticket.pk, ticket.number = None, number
    Ticket.objects.bulk_create(alike)
    with connection.cursor() as cursor:
        # An index is large by what other tests had in it, too.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; REINDEX TABLE tickets_ticket; ANALYZE tickets_ticket")


def _one_in_each_folder(network: Network, bea: Agent) -> None:
    """Two in some."""
    name = str(network.inbox.pk)
    free, hers, asleep, done, over, unsent = (
        a_ticket(network, said=word, by=name + word) for word in ("Ab", "Bc", "De", "Ef", "Fg", "Gh")
    )
    assign(hers, to=bea, by=bea, now=network.tick())
    snooze(asleep, until=network.now + timedelta(hours=1), by=bea, now=network.now)
    answered(done, by=bea, now=network.tick())
    at = network.tick() + timedelta(hours=1)
    for ticket, by in ((free, bea), (over, bea)):
        schedule(ticket, Composed(text="Tomorrow."), at=at, by=by, now=network.now)
    colleague = an_agent(bea.workspace, "Dora")
    ask_review(hers, Composed(text="Tomorrow."), by=colleague, now=network.now)
    follow_up_on(hers, at=at, by=bea, now=network.now)
    show_due(now=at)
    resolve(over, by=bea, now=network.tick(), note="by phone")
    failed = reply(unsent, text="On its way.", by=bea, now=network.tick())
    mark_sending(failed)
    mark_failed(failed, problem="transient", reason="down", now=network.tick())
    at = network.now + timedelta(hours=1)
    continue_by_phone(free, number="+420601123456", at=at, by=bea, now=network.now)
    assert free.is_open


def _pages(agent: Agent, slug: str, size: int, inboxes: Sequence[int] = ()) -> Iterator[list[Ticket]]:
    cursor: str | None = ""
    while cursor is not None:
        page = page_of(agent, slug, inboxes=inboxes, cursor=cursor, limit=size)
        yield list(page.tickets)
        cursor = page.next


def _read(tickets: Sequence[Ticket]) -> None:
    for ticket in tickets:
        str((ticket.contact.name, ticket.inbox.name, ticket.assignee and ticket.assignee.name))

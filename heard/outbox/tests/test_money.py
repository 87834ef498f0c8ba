"""What a paid network takes is counted before it is too much; a repost is one such call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import Kind
from heard.inboxes.models import Spending
from heard.inboxes.spending import CAP_REACHED, BadCap, cap_spending, spent
from heard.outbox.deliver import deliver_next
from heard.tickets.delivery import send_again
from heard.tickets.models import Delivery, Message, Outcome
from heard.tickets.reply import reply
from heard.tickets.repost import CannotRepost, repost
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, Network, reloaded
from tests.small import Desk, a_small_network

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def desk(acme: Workspace, httpserver: HTTPServer) -> Iterator[Desk]:
    with a_small_network(acme, httpserver) as desk:
        yield desk


@pytest.fixture
def mention(desk: Desk) -> Message:
    customers = Network(desk.inbox)
    return customers.message(customers.direct("Nice", kind=Kind.MENTION, public=True))


def answered(mention: Message, text: str, bea: Agent) -> Message:
    return reply(mention.ticket, text=text, by=bea, now=NOON)


def test_every_sent_message_is_counted_by_its_price(desk: Desk, mention: Message, bea: Agent) -> None:
    for text in ("Thanks", "See https://acme.example"):
        answered(mention, text, bea)
        desk.answers("messages", id=text[:3])
        deliver_next(desk.inbox, now=LATER)

    row = Spending.objects.get()
    assert (row.what, row.count, row.amount) == ("send", 2, Decimal("0.21"))
    assert spent(desk.inbox, now=LATER + timedelta(days=30)) == 0


def test_at_the_cap_nothing_leaves_and_the_message_says_what_to_do(
    desk: Desk, mention: Message, bea: Agent, ann: Agent
) -> None:
    cap_spending(desk.inbox, monthly_cap=Decimal("0.19"), by=ann, now=NOON)
    message = answered(mention, "See https://acme.example", bea)

    deliver_next(desk.inbox, now=LATER)

    failed = reloaded(message)
    assert (failed.delivery, failed.delivery_problem) == (Delivery.FAILED, CAP_REACHED)
    assert "raise it" in failed.delivery_reason
    assert desk.asked("messages") == 0
    assert reloaded(mention).outcome == Outcome.OPEN

    cap_spending(desk.inbox, monthly_cap=Decimal("0.20"), by=ann, now=NOON)
    send_again(message, by=bea, now=LATER)
    desk.answers("messages", id="1")
    deliver_next(desk.inbox, now=LATER)
    assert reloaded(message).delivery == Delivery.SENT


def test_what_may_have_been_sent_may_have_been_paid(desk: Desk, mention: Message, bea: Agent) -> None:
    answered(mention, "Thanks", bea)
    desk.answers("messages", status=500)

    deliver_next(desk.inbox, now=LATER)

    assert spent(desk.inbox, now=NOON) == Decimal("0.01")


def test_a_refused_message_costs_nothing(desk: Desk, mention: Message, bea: Agent) -> None:
    answered(mention, "Thanks", bea)
    desk.answers("messages", status=403)

    deliver_next(desk.inbox, now=LATER)

    assert spent(desk.inbox, now=NOON) == 0


@pytest.mark.parametrize("cap", ["-1", "0.001", "NaN", "1000000"])
def test_a_cap_is_a_sum_of_dollars_and_cents(desk: Desk, ann: Agent, cap: str) -> None:
    with pytest.raises(BadCap):
        cap_spending(desk.inbox, monthly_cap=Decimal(cap), by=ann, now=NOON)


def test_a_repost_is_made_and_taken_back_and_answers_nothing(
    desk: Desk, mention: Message, bea: Agent
) -> None:
    repost(mention, by=bea, now=NOON)
    desk.answers(f"reposts/{mention.external_id}")
    deliver_next(desk.inbox, now=LATER)
    assert reloaded(mention).reposted_at == NOON
    assert reloaded(mention).outcome == Outcome.OPEN

    repost(mention, by=bea, now=NOON, reposted=False)
    desk.answers(f"reposts/{mention.external_id}")
    deliver_next(desk.inbox, now=LATER)

    assert reloaded(mention).reposted_at is None
    assert [request.method for request, _ in desk.network.log] == ["POST", "DELETE"]
    assert spent(desk.inbox, now=NOON) == Decimal("0.03")


def test_a_repost_that_the_network_refuses_is_not_shown_as_made(
    desk: Desk, mention: Message, bea: Agent
) -> None:
    repost(mention, by=bea, now=NOON)
    desk.answers(f"reposts/{mention.external_id}", status=403)

    deliver_next(desk.inbox, now=LATER)

    assert reloaded(mention).reposted_at is None


def test_private_messages_are_not_reposted(desk: Desk, bea: Agent) -> None:
    customers = Network(desk.inbox)
    with pytest.raises(CannotRepost):
        repost(customers.message(customers.direct("Secret")), by=bea, now=NOON)

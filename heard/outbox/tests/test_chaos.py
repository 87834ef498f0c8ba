"""Everything at once, at a small size: the promises of the outbox and the intake must still hold."""

from __future__ import annotations

import pytest

from heard.inboxes import wire
from heard.ingest.ledger import ledger
from heard.ingest.models import RawCall
from heard.outbound import Outbound
from heard.tickets.models import Delivery, Message, Ticket
from tests.shop import Shop
from tests.storm import answers_through, said_by_us

REPLIES, MESSAGES, CUSTOMERS = 60, 300, 50


def test_every_reply_is_at_the_network_at_most_once_and_none_is_silent(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = Outbound(allowed=("127.0.0.1",), total_seconds=0.4)
    monkeypatch.setattr(wire, "outbound", lambda: impatient)
    replies = answers_through(shop, replies=REPLIES, people=[f"customer{n}" for n in range(10)])

    held = said_by_us(shop)
    for message in replies:
        assert held[message.text] <= 1, message.text
        assert message.delivery not in (Delivery.QUEUED, Delivery.SENDING), message.text
        if message.delivery == Delivery.FAILED:
            assert message.delivery_reason
            assert held[message.text] == 0
        if message.delivery in (Delivery.SENT, Delivery.DELIVERED):
            assert held[message.text] == 1
    assert Message.objects.filter(direction="out").count() == REPLIES


def test_every_message_is_there_once_in_its_thread_and_the_ledger_adds_up(shop: Shop) -> None:
    shop.sandbox.faults("messenger", duplicate=0.3, reorder=True, batch=5, seed=1)
    shop.sandbox.faults("facebook", duplicate=0.3, reorder=True, batch=5, seed=2)
    said: dict[str, str] = {}
    for n in range(MESSAGES):
        who, network = f"customer{n % CUSTOMERS}", "messenger" if n % 3 else "facebook"
        said[shop.sandbox.say(network, by=who, text=f"message {n}")] = f"{network} {who}"

    shop.hears()

    kept = Message.objects.filter(direction="in").select_related("ticket", "inbox", "author")
    assert {message.external_id for message in kept} == set(said)
    assert kept.count() == MESSAGES
    directs = {key for key in said.values() if key.startswith("messenger")}
    assert Ticket.objects.filter(kind="direct").count() == len(directs)
    assert Ticket.objects.filter(kind="comment").count() == MESSAGES // 3
    for ticket in Ticket.objects.filter(kind="direct"):
        assert len({said[message.external_id] for message in ticket.messages.all()}) == 1
    found = ledger(shop.bea)
    assert sum(one.received for one in found) == sum(one.open for one in found) == MESSAGES
    assert sum(one.quarantined + one.ignored + one.parked for one in found) == 0
    assert sum(one.duplicates for one in found) > 0
    assert not RawCall.objects.filter(taken_in_at=None).exists()

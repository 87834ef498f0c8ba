from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.channels.contract import (
    Happening,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    Person,
    Reaction,
    Receipt,
)
from heard.ingest.models import LedgerLine
from heard.tickets.delivery import mark_sending, mark_sent
from heard.tickets.hide import hide
from heard.tickets.models import Delivery, Message, MessageVersion
from heard.tickets.models import Reaction as Felt
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import NOON, Network, reloaded


def test_an_edit_keeps_what_was_said_before(facebook: Network) -> None:
    id = facebook.comment("Where is my parcel?")

    facebook.take(_edit(id, "Where are my parcels?", 5))

    message = facebook.message(id)
    assert (message.text, message.edited_at) == ("Where are my parcels?", _at(5))
    assert _history(message) == [("Where is my parcel?", _at(5))]
    assert facebook.ticket(id).preview == "Where are my parcels?"


def test_an_edit_neither_answers_nor_reopens(facebook: Network) -> None:
    id = facebook.comment("Where is my parcel?")
    before = facebook.message(id).outcome

    facebook.take(_edit(id, "Thanks, it came", 5))

    assert facebook.message(id).outcome == before


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_edits_end_in_the_same_history_whatever_their_order(
    facebook: Network, order: tuple[int, int, int]
) -> None:
    id = facebook.comment("A")
    edits = [_edit(id, "B", 5), _edit(id, "A", 6), _edit(id, "C", 7)]

    for position in order:
        facebook.take(edits[position])

    message = facebook.message(id)
    assert (message.text, message.edited_at) == ("C", _at(7))
    assert _history(message) == [("A", _at(5)), ("B", _at(6)), ("A", _at(7))]


def test_an_edited_review_shows_its_new_stars(facebook: Network) -> None:
    facebook.take(facebook.a_comment("r1", "Bad", kind=Kind.REVIEW, stars=1))

    facebook.take(MessageEdited(external_id="r1", text="Good after all", stars=5, at=_at(5), raw={"n": 1}))

    assert (facebook.message("r1").stars, facebook.message("r1").text) == (5, "Good after all")


def test_what_was_deleted_is_kept_and_marked(facebook: Network) -> None:
    id = facebook.comment("You are all crooks")

    facebook.take(MessageDeleted(external_id=id, at=_at(5), raw={"n": 1}))

    message = facebook.message(id)
    assert (message.text, message.removed_at) == ("You are all crooks", _at(5))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_hiding_and_showing_end_the_same_in_any_order(facebook: Network, order: tuple[int, int]) -> None:
    id = facebook.comment("You are all crooks")
    facts = [_hidden(id, True, 5), _hidden(id, False, 6)]

    for position in order:
        facebook.take(facts[position])

    assert facebook.message(id).hidden_at is None


def test_our_own_hiding_comes_back_and_is_told_once(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("You are all crooks"))
    hide(message, by=bea, now=facebook.tick())

    facebook.take(_hidden(message.external_id, True, 9))

    assert message.workspace.eventrecord_set.filter(kind="MessageHidden").count() == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_a_feeling_ends_as_its_last_word_in_any_order(facebook: Network, order: tuple[int, int, int]) -> None:
    id = facebook.comment("We have moved")
    facts = [_felt(id, "love", 5), _felt(id, "sad", 6), _felt(id, "like", 7)]

    for position in order:
        facebook.take(facts[position])

    assert Felt.objects.get().name == "like"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_feeling_taken_back_is_gone_in_any_order(facebook: Network, order: tuple[int, int]) -> None:
    id = facebook.comment("We have moved")
    facts = [_felt(id, "love", 5), _felt(id, "love", 6, added=False)]

    for position in order:
        facebook.take(facts[position])

    assert not facebook.message(id).reactions.exists()


def test_facts_that_overtake_their_message_wait_for_it(facebook: Network) -> None:
    early = [
        calls.edited("c1", "B", at=_at(5)),
        calls.removed("c1", at=_at(8)),
        calls.felt("c1", "love", at=_at(6)),
        calls.hidden("c1", at=_at(7)),
    ]
    calls.stored(facebook.inbox, *early, now=_at(9))
    calls.take_all(now=_at(9))
    assert [line.place for line in LedgerLine.objects.all()] == ["parked"] * 4

    calls.stored(facebook.inbox, calls.comment("c1", "A", at=_at(1)), now=_at(10))
    calls.take_all(now=_at(10))

    message = facebook.message("c1")
    assert (message.text, message.removed_at, message.hidden_at) == ("B", _at(8), _at(7))
    assert message.reactions.get().name == "love"
    assert not LedgerLine.objects.filter(place="parked").exists()


@pytest.mark.parametrize(
    "order", [("delivered", "read"), ("read", "delivered"), ("failed", "delivered"), ("delivered", "failed")]
)
def test_receipts_go_forward_in_any_order(messenger: Network, bea: Agent, order: tuple[str, str]) -> None:
    answer = _sent(messenger, bea, "m1")

    for status in order:
        messenger.take(_receipt(status, 20, "m1"))

    final = reloaded(answer)
    assert final.delivery == (Delivery.READ if "read" in order else Delivery.DELIVERED)
    assert final.delivered_at is not None
    assert reloaded(answer.ticket).state == "answered"


def test_a_network_that_takes_its_word_back_lets_the_messages_wait_again(
    messenger: Network, bea: Agent
) -> None:
    answer = _sent(messenger, bea, "m1")

    messenger.take(_receipt("failed", 20, "m1"))

    assert reloaded(answer).delivery == Delivery.FAILED
    assert reloaded(answer.ticket).is_open


def test_a_receipt_for_two_waits_for_the_one_that_is_missing(messenger: Network, bea: Agent) -> None:
    first = _sent(messenger, bea, "m1")
    calls.stored(messenger.inbox, calls.delivered("m1", "m2", at=_at(20)), now=_at(20))
    calls.take_all(now=_at(20))

    assert LedgerLine.objects.get(fact="Receipt").place == "parked"
    assert reloaded(first).delivery == Delivery.DELIVERED
    second = _sent(messenger, bea, "m2")

    assert reloaded(second).delivery == Delivery.DELIVERED


def test_a_read_mark_counts_for_everything_sent_before_it(messenger: Network, bea: Agent) -> None:
    before = _sent(messenger, bea, "m1")
    until = messenger.tick()
    after = _sent(messenger, bea, "m2")

    messenger.take(Receipt(status="read", address="person-jana", until=until, at=until, raw={"w": 1}))

    assert reloaded(before).delivery == Delivery.READ
    assert reloaded(after).delivery == Delivery.SENT


def test_read_marks_that_tell_nothing_new_cost_nothing_and_hide_none_that_do(
    messenger: Network, bea: Agent
) -> None:
    sent = _sent(messenger, bea, "m1")
    strangers = [f"stranger-{n}" for n in range(20)]
    in_its_thread = _sent(messenger, bea, "m2")
    Message.objects.filter(pk=in_its_thread.pk).update(author=None)

    def read(*addresses: str) -> list[Incoming]:
        at = messenger.tick()
        return [
            Receipt(status="read", address=one, until=at, at=at, raw={"by": one, "at": str(at)})
            for one in addresses
        ]

    nobody, more = read(*strangers[:2]), read(*strangers)
    with CaptureQueriesContext(connection) as of_two:
        assert messenger.take(*nobody) == ["update"] * 2
    with CaptureQueriesContext(connection) as of_twenty:
        assert messenger.take(*more) == ["update"] * 20
    assert messenger.take(*read(*strangers, "person-jana")) == ["update"] * 21

    assert len(of_twenty) == len(of_two)
    assert {reloaded(one).delivery for one in (sent, in_its_thread)} == {Delivery.READ}
    again = read(*strangers, "person-jana")
    with CaptureQueriesContext(connection) as of_what_is_read:
        messenger.take(*again)
    assert len(of_what_is_read) <= len(of_two) + 1


def test_a_happening_stands_on_the_persons_timeline(messenger: Network) -> None:
    ticket = messenger.ticket(messenger.direct("Hello"))

    messenger.take(Happening(name="referral", address="person-jana", at=messenger.tick(), raw={"n": 1}))

    assert ticket.workspace.eventrecord_set.get(kind="Happened").ticket_id == ticket.pk


def test_a_text_longer_than_anybody_reads_is_cut_and_does_not_stop_the_inbox(facebook: Network) -> None:
    endless = " ".join(f"word{n}" for n in range(250_000))

    assert facebook.take(facebook.a_comment("c1", endless)) == ["message"]
    facebook.take(_edit("c1", endless + "!", 50))

    assert len(facebook.message("c1").text) == 100_000


def _sent(network: Network, by: Agent, external_id: str) -> Message:
    id = network.direct("Where is my parcel?")
    answer = reply(network.ticket(id), text=f"Answer {external_id}", by=by, now=network.tick())
    assert mark_sending(answer)
    mark_sent(answer, external_id=external_id, now=network.tick())
    return answer


def _history(message: Message) -> list[tuple[str, datetime]]:
    rows = MessageVersion.objects.filter(message=message).order_by("until")
    return [(row.text, row.until) for row in rows]


def _at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def _edit(id: str, text: str, minutes: int) -> MessageEdited:
    return MessageEdited(external_id=id, text=text, at=_at(minutes), raw={"edit": [id, minutes]})


def _hidden(id: str, hidden: bool, minutes: int) -> MessageHidden:
    return MessageHidden(external_id=id, hidden=hidden, at=_at(minutes), raw={"hide": [id, minutes]})


def _felt(id: str, name: str, minutes: int, *, added: bool = True) -> Incoming:
    raw: dict[str, Any] = {"felt": [id, name, minutes, added]}
    return Reaction(external_id=id, name=name, author=Person("p9"), added=added, at=_at(minutes), raw=raw)


def _receipt(status: str, minutes: int, *ids: str) -> Receipt:
    return Receipt(status=status, external_ids=ids, at=_at(minutes), raw={status: list(ids)})

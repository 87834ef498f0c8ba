from __future__ import annotations

import pytest

from heard.contacts.models import Identity
from heard.tickets.delivery import mark_sending, mark_sent
from heard.tickets.models import Message, State, Ticket
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox, reloaded

PSID = "person-psid"


@pytest.fixture
def messenger(facebook: Network) -> Network:
    return Network(an_inbox(facebook.inbox.workspace, "messenger"), now=facebook.now)


def test_an_answer_to_a_private_reply_lands_in_the_same_ticket(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    _answer_in_private(ticket, bea, facebook)

    answered = messenger.ticket(messenger.direct("It is 4711", by="psid", at=facebook.tick()))

    assert answered == ticket
    assert answered.is_open
    assert answered.kind == "comment"


def test_both_addresses_are_one_person(facebook: Network, messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    _answer_in_private(ticket, bea, facebook)

    assert Identity.objects.get(address=PSID).contact == ticket.contact


def test_a_person_known_on_the_private_side_before_keeps_the_ticket_that_runs_there(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    there = messenger.ticket(messenger.direct("Hello", by="psid"))
    ticket = a_ticket(facebook, said="Where is my parcel?")

    _answer_in_private(ticket, bea, facebook)
    later = messenger.ticket(messenger.direct("It is 4711", by="psid", at=facebook.tick()))

    assert later == there
    assert reloaded(there).contact == ticket.contact


def test_an_old_private_matter_does_not_swallow_the_new_answer(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    old = messenger.ticket(messenger.direct("Hello", by="psid"))
    resolve(old, by=bea, now=messenger.tick(), note="by phone")
    facebook.tick(days=30)
    ticket = a_ticket(facebook, said="Where is my parcel?")

    _answer_in_private(ticket, bea, facebook)
    messenger.now = facebook.tick()

    assert messenger.ticket(messenger.direct("It is 4711", by="psid")) == ticket
    assert reloaded(old).state == State.RESOLVED


def test_the_answer_and_its_echo_in_either_order_make_one_message(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    answer = _answer_in_private(ticket, bea, facebook)

    mark_sent(answer, external_id="m1", recipient=PSID, now=facebook.tick())

    assert reloaded(answer).inbox == messenger.inbox
    assert Message.objects.filter(direction="out").count() == 1


def test_without_a_private_inbox_the_reply_stays_where_it_was_written(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    answer = _answer_in_private(ticket, bea, facebook)

    assert reloaded(answer).inbox == facebook.inbox


def _answer_in_private(ticket: Ticket, by: Agent, network: Network) -> Message:
    answer = reply(ticket, text="Your order number?", by=by, now=network.tick(), private=True)
    mark_sending(answer)
    mark_sent(answer, external_id="m1", recipient=PSID, now=network.tick())
    return answer

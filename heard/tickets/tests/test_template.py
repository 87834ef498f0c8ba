"""Answers with a text that the network approved beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heard.channels.contract import Receipt
from heard.inboxes.models import InboxTemplate
from heard.outbox.deliver import outgoing
from heard.outbox.models import Dispatch
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.reply import BlanksMissing, Chosen, NoSuchTemplate, NoWay, ReplyStopped, reply
from heard.workspaces.models import Agent
from tests.cast import Network, a_template, a_ticket, an_inbox, reloaded

PARCEL = Chosen("parcel", "en", ["Ana", " Monday\n evening "])


@pytest.fixture
def whatsapp(bea: Agent) -> Network:
    inbox = an_inbox(bea.workspace, "whatsapp", "106540352242922")
    a_template(inbox, "Hello {{1}}, your parcel comes on {{2}}.", names=["", ""])
    return Network(inbox)


def test_when_the_window_is_closed_only_a_template_goes(whatsapp: Network, bea: Agent) -> None:
    ticket = an_old_ticket(whatsapp)
    with pytest.raises(ReplyStopped):
        reply(ticket, text="On Monday.", by=bea, now=whatsapp.now)

    answer = reply(ticket, text="", template=PARCEL, by=bea, now=whatsapp.now)

    assert answer.text == "Hello Ana, your parcel comes on Monday evening."
    assert reloaded(ticket).state == "answered"
    sent = outgoing(Dispatch.objects.get().message).template
    assert sent is not None
    assert (sent.template.name, sent.blanks, sent.text) == ("parcel", ("Ana", "Monday evening"), answer.text)


def test_a_template_goes_within_the_window_too(whatsapp: Network, bea: Agent) -> None:
    ticket = a_ticket(whatsapp, said="Where is my parcel?", by="Ana", direct=True)
    assert reply(ticket, text="", template=PARCEL, by=bea, now=whatsapp.tick()).template is not None


def test_the_gate_reads_what_was_filled_in(whatsapp: Network, bea: Agent) -> None:
    ticket = an_old_ticket(whatsapp)
    endless = Chosen("parcel", "en", ["x" * 900, "y"])
    InboxTemplate.objects.update(text="{{1}} {{2}} " + "z" * 4_000)

    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text="", template=endless, by=bea, now=whatsapp.now)

    assert "length.over" in [one.code for one in stopped.value.findings]


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        (Chosen("parcel", "en", ["Ana"]), BlanksMissing),
        (Chosen("parcel", "en", ["Ana", "  "]), BlanksMissing),
        (Chosen("parcel", "de", ["Ana", "Montag"]), NoSuchTemplate),
    ],
)
def test_a_template_that_is_not_there_or_not_filled_in_changes_nothing(
    chosen: Chosen, problem: type[Exception], whatsapp: Network, bea: Agent
) -> None:
    ticket = an_old_ticket(whatsapp)
    with pytest.raises(problem):
        reply(ticket, text="", template=chosen, by=bea, now=whatsapp.now)
    assert reloaded(ticket).is_open
    assert not Message.objects.filter(direction="out").exists()


def test_where_a_network_has_no_templates_none_goes(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Hello", by="Ana", direct=True)
    with pytest.raises(NoWay):
        reply(ticket, text="", template=PARCEL, by=bea, now=messenger.tick())


def test_an_answer_quotes_what_it_answers_where_more_was_said_since(whatsapp: Network, bea: Agent) -> None:
    first = whatsapp.direct("Where is my parcel?")
    plain = reply(whatsapp.ticket(first), text="On its way.", by=bea, now=whatsapp.tick())
    whatsapp.direct("And my invoice?")
    asked = whatsapp.message(first)
    late = reply(asked.ticket, text="Which parcel?", to=asked, by=bea, now=whatsapp.tick())

    assert outgoing(_whole(plain)).quotes == ""
    assert outgoing(_whole(late)).quotes == first


@pytest.mark.parametrize("delivery", [Delivery.SENDING, Delivery.UNCONFIRMED])
def test_a_receipt_with_our_mark_says_that_it_was_sent(
    delivery: Delivery, whatsapp: Network, bea: Agent
) -> None:
    answer = _on_its_way(whatsapp, bea, delivery)

    whatsapp.take(_receipt(whatsapp, "sent", token=str(answer.token)))

    assert (reloaded(answer).delivery, reloaded(answer).external_id) == (Delivery.SENT, "wamid.OUT")


def test_failed_after_sent_and_a_late_sent_changes_nothing(whatsapp: Network, bea: Agent) -> None:
    answer = _on_its_way(whatsapp, bea, Delivery.SENDING)
    token = str(answer.token)

    whatsapp.take(_receipt(whatsapp, "failed", token=token, reason="WhatsApp: too late (131047)"))
    assert reloaded(answer).delivery == Delivery.FAILED
    assert reloaded(answer.ticket).is_open
    whatsapp.take(_receipt(whatsapp, "sent", token=token))

    assert reloaded(answer).delivery == Delivery.FAILED


def test_somebody_elses_mark_means_nothing(whatsapp: Network, bea: Agent) -> None:
    answer = _on_its_way(whatsapp, bea, Delivery.UNCONFIRMED)

    assert whatsapp.take(_receipt(whatsapp, "read", token="order-7")) == ["parked"]

    assert reloaded(answer).delivery == Delivery.UNCONFIRMED


def an_old_ticket(network: Network) -> Ticket:
    ticket = a_ticket(network, said="Where is my parcel?", by="Ana", direct=True)
    network.tick(days=2)
    return ticket


def _on_its_way(network: Network, bea: Agent, delivery: Delivery) -> Message:
    ticket = a_ticket(network, said="Where is my parcel?", by="Ana", direct=True)
    answer = reply(ticket, text="On its way.", by=bea, now=network.tick())
    Message.objects.filter(pk=answer.pk).update(delivery=delivery)
    return reloaded(answer)


def _receipt(network: Network, status: str, **fields: Any) -> Receipt:
    at = network.tick() + timedelta(seconds=1)
    raw = {"status": status, **fields}
    return Receipt(at=at, raw=raw, status=status, external_ids=("wamid.OUT",), **fields)


def _whole(message: Message) -> Message:
    return Message.objects.select_related("author", "parent").get(pk=message.pk)

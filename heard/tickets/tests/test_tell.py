from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heard.channels.contract import Outgoing
from heard.contacts.models import Identity
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.outbox.deliver import outgoing
from heard.outbox.models import Dispatch
from heard.tickets.delivery import mark_failed, mark_sending, mark_sent
from heard.tickets.models import Message, Outcome, Resolution, State, Ticket
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.tickets.tell import tell
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

WORDS = "We have your message."


def asked(ticket: Ticket) -> Message:
    return ticket.messages.get(direction="in")


def test_it_leaves_by_the_outbox_and_answers_nothing(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    told = tell(ticket, text=WORDS, now=messenger.tick())

    assert told is not None
    assert (told.automatic, told.agent, told.public) == (True, None, False)
    assert Dispatch.objects.get(message=told).due_at == messenger.now
    assert asked(ticket).outcome == Outcome.OPEN
    assert (reloaded(ticket).state, reloaded(ticket).waiting_since) == (State.OPEN, asked(ticket).at)
    sent: Outgoing = outgoing(told)
    assert (sent.automatic, sent.to, sent.quotes) == (True, "person-jana", "")


def test_that_it_arrives_or_fails_changes_nothing_for_who_waits(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    told = tell(ticket, text=WORDS, now=messenger.tick())
    assert told is not None
    mark_sending(told)
    mark_sent(told, external_id="told-1", now=messenger.tick())
    assert asked(ticket).outcome == Outcome.OPEN

    mark_failed(told, problem="gone", reason="", now=messenger.tick())

    assert asked(ticket).outcome == Outcome.OPEN


def test_a_reply_that_came_before_stays_the_answer(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    answer = reply(ticket, text="On its way.", by=bea, now=messenger.tick())

    assert tell(ticket, text=WORDS, now=messenger.tick()) is not None

    assert asked(ticket).answered_by == answer
    assert reloaded(ticket).state == State.ANSWERED


def test_one_a_day_for_a_person_unless_they_asked_for_it(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    assert tell(ticket, text=WORDS, now=messenger.tick()) is not None

    assert tell(ticket, text=WORDS, now=messenger.tick(hours=23)) is None
    assert tell(ticket, text=WORDS, now=messenger.now, asked_for=True) is not None
    messenger.direct("Still nothing?", at=messenger.tick(hours=30))
    assert tell(ticket, text=WORDS, now=messenger.tick()) is not None


def test_nothing_automatic_is_said_in_public_nor_takes_the_one_private_answer(facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    assert tell(ticket, text=WORDS, now=facebook.tick()) is None
    assert not Message.objects.filter(direction="out").exists()


@pytest.mark.parametrize("said", [{"automatic": True}, {"unanswerable": "Not you."}])
def test_machines_and_those_we_may_not_answer_are_told_nothing(
    messenger: Network, said: dict[str, Any]
) -> None:
    ticket = messenger.ticket(messenger.direct("Where is my parcel?", **said))

    assert tell(ticket, text=WORDS, now=messenger.tick()) is None


def test_spam_is_told_nothing(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Buy now", direct=True)
    resolve(ticket, by=bea, now=messenger.tick(), resolution=Resolution.SPAM, note="spam")

    assert tell(ticket, text=WORDS, now=messenger.tick()) is None


def test_what_only_a_person_may_still_send_is_not_sent_by_a_machine(messenger: Network) -> None:
    Inbox.objects.update(extended_window=True)
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    assert tell(ticket, text=WORDS, now=messenger.tick(hours=25)) is None


def test_our_own_address_is_told_nothing(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    Identity.objects.update(address=messenger.inbox.account)

    assert tell(ticket, text=WORDS, now=messenger.tick()) is None


def test_too_many_at_once_trip_the_breaker_and_the_timeline_says_so_once(messenger: Network) -> None:
    for _ in range(6):
        ticket = messenger.ticket(messenger.direct("ping"))

    for _ in range(2):
        assert tell(ticket, text=WORDS, now=messenger.tick(), asked_for=True) is None
    assert EventRecord.objects.filter(kind="AutomaticStopped", ticket_id=ticket.pk).count() == 1
    later = messenger.now + timedelta(minutes=11)
    assert tell(ticket, text=WORDS, now=later) is not None


def test_the_gate_stops_what_it_would_stop_for_a_person(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    assert tell(ticket, text="x" * 5000, now=messenger.tick()) is None
    assert tell(ticket, text="  ", now=messenger.tick()) is None

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heard.contacts.models import Contact, Identity
from heard.events.models import EventRecord
from heard.tickets.call import NotYet, Report, Result, WordsNeeded, log_call, open_by_call
from heard.tickets.call_back import AlreadyEnded, InThePast, ReasonNeeded, end_call_back
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.folders import counts, page_of
from heard.tickets.models import CallBack, Kind, Message, Outcome, State
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded

NUMBER = "+420601123456"
REACHED = Report(result=Result.REACHED, minutes=4, issue="Billing", severity="high", safety_risk=False)


def a_call(by: Agent, **changed: Any) -> Message:
    call: dict[str, Any] = {
        "number": NUMBER,
        "incoming": True,
        "at": NOON,
        "text": "The bill is wrong.",
        "report": REACHED,
        "by": by,
        "now": NOON,
    }
    return open_by_call(**{**call, **changed})


def test_a_call_opens_a_ticket_that_its_own_result_answers(bea: Agent) -> None:
    message = a_call(bea, name="Jana Nová")

    ticket = message.ticket
    assert (ticket.kind, ticket.state, ticket.contact.name) == (Kind.CALL, State.ANSWERED, "Jana Nová")
    assert (ticket.preview, ticket.subject) == ("The bill is wrong.", "Billing")
    assert (message.outcome, message.outcome_by, message.agent) == (Outcome.ANSWERED, bea, bea)
    assert (message.call.minutes, message.call.severity) == (4, "high")
    assert set(EventRecord.objects.values_list("kind", flat=True)) == {"TicketOpened", "CallLogged"}


def test_what_was_asked_in_a_call_may_wait_for_us(bea: Agent) -> None:
    ticket = a_call(bea, waits=True).ticket

    assert ticket.is_open
    assert ticket.waiting_since == NOON
    assert EventRecord.objects.filter(kind="MessageReceived").exists()


def test_who_calls_again_is_the_same_contact_however_the_number_is_written(bea: Agent) -> None:
    bea.workspace.time_zone = "Europe/Prague"
    bea.workspace.save()
    one = a_call(bea, number="+420 601 123 456")

    two = a_call(bea, number="601 123 456")

    assert one.ticket.contact == two.ticket.contact
    assert Contact.objects.count() == 1


def test_a_call_about_a_ticket_that_is_there_answers_what_waited(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Please call me", direct=True)

    message = log_call(
        ticket,
        number=NUMBER,
        incoming=False,
        at=messenger.tick(),
        text="Explained the bill.",
        report=REACHED,
        by=bea,
        now=messenger.tick(),
        answers=True,
    )

    assert (message.ticket, message.direction, message.delivery) == (ticket, "out", "sent")
    assert reloaded(ticket).state == State.ANSWERED
    # The number was only named: it is not the contact's until somebody proves or says so.
    assert Identity.objects.get(address=NUMBER).proof == Identity.Proof.CLAIMED


def test_a_call_that_reached_nobody_answers_nothing(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Please call me", direct=True)

    log_call(
        ticket,
        number=NUMBER,
        incoming=False,
        at=messenger.now,
        text="",
        report=Report(result=Result.NOT_REACHED),
        by=bea,
        now=messenger.tick(),
    )

    assert reloaded(ticket).is_open


def test_a_call_of_tomorrow_or_without_words_is_refused(bea: Agent) -> None:
    with pytest.raises(NotYet):
        a_call(bea, at=NOON + timedelta(hours=1))
    with pytest.raises(WordsNeeded):
        a_call(bea, text="  ")
    assert not Message.objects.exists()


def test_promised_calls_stand_in_their_folder_the_first_due_first(messenger: Network, bea: Agent) -> None:
    late = a_ticket(messenger, said="Call me", by="Jana", direct=True)
    soon = a_ticket(messenger, said="Call me, too", by="Dana", direct=True)
    for ticket, hours in ((late, 5), (soon, 1), (late, 9)):
        at = messenger.now + timedelta(hours=hours)
        continue_by_phone(ticket, number=NUMBER, at=at, by=bea, now=messenger.now)

    assert list(page_of(bea, "call-backs").tickets) == [soon, late]
    assert counts(bea)["call-backs"] == 2

    first = late.call_backs.order_by("at").first()
    assert first is not None
    end_call_back(first, result=CallBack.Result.DONE, by=bea, now=messenger.now)

    assert reloaded(late).call_back_at == messenger.now + timedelta(hours=9)
    with pytest.raises(AlreadyEnded):
        end_call_back(first, result=CallBack.Result.DONE, by=bea, now=messenger.now)


def test_a_promise_that_is_not_kept_needs_a_reason(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Call me", direct=True)
    at = messenger.now + timedelta(hours=1)
    promised = continue_by_phone(ticket, number=NUMBER, at=at, by=bea, now=messenger.now)

    with pytest.raises(ReasonNeeded):
        end_call_back(promised, result=CallBack.Result.MISSED, by=bea, now=messenger.now)
    end_call_back(promised, result=CallBack.Result.MISSED, by=bea, now=messenger.now, reason="They wrote.")

    assert reloaded(ticket).call_back_at is None
    assert EventRecord.objects.get(kind="CallBackEnded").payload["reason"] == "They wrote."
    with pytest.raises(InThePast):
        continue_by_phone(ticket, number=NUMBER, at=messenger.now - timedelta(1), by=bea, now=messenger.now)

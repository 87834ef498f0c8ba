from __future__ import annotations

import pytest

from heard.tickets.answer import NothingWaits
from heard.tickets.dismiss import ReasonNeeded, dismiss
from heard.tickets.models import Outcome, State
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_what_needs_no_answer_is_dismissed_with_its_reason(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Nice")

    dismiss(ticket, reason=" Praise, nothing asked. ", by=bea, now=facebook.tick())

    message = ticket.messages.get()
    assert (message.outcome, message.outcome_reason) == (Outcome.DISMISSED, "Praise, nothing asked.")
    assert reloaded(ticket).state == State.ANSWERED


def test_nobody_is_left_without_an_answer_and_without_a_reason(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(ReasonNeeded):
        dismiss(ticket, reason=" ", by=bea, now=facebook.tick())

    assert reloaded(ticket).is_open


def test_one_of_two_dismissed_leaves_the_other_waiting(messenger: Network, bea: Agent) -> None:
    first, second = messenger.direct("Nice"), messenger.direct("Where is it?")
    ticket = messenger.ticket(first)

    dismiss(ticket, reason="praise", by=bea, now=messenger.tick(), message=messenger.message(first))

    assert reloaded(ticket).waiting_since == messenger.message(second).at
    with pytest.raises(NothingWaits):
        dismiss(ticket, reason="praise", by=bea, now=messenger.tick(), message=messenger.message(first))

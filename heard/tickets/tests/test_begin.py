"""We write first."""

from __future__ import annotations

from typing import Any

import pytest

from heard.confirming.models import Confirmation
from heard.contacts.models import Contact
from heard.inboxes.models import Inbox
from heard.tickets.begin import BadAddress, CannotContinue, SubjectNeeded, begin
from heard.tickets.models import Delivery, Kind, Message, State, Thread, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import ReplyStopped
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, an_inbox


@pytest.fixture
def mailbox(bea: Agent) -> Inbox:
    return an_inbox(bea.workspace, "email", "support@gmail.com")


def begun(mailbox: Inbox, by: Agent, **changed: Any) -> Message:
    letter: dict[str, Any] = {
        "address": " Jana@Home.example ",
        "name": "Jana Nová",
        "subject": "Your  parcel",
        "text": "Your parcel came back to us. Shall we send it again?",
        "by": by,
        "now": NOON,
    }
    return begin(mailbox, **{**letter, **changed})


def test_a_letter_of_ours_opens_a_ticket_that_waits_for_the_other_side(mailbox: Inbox, bea: Agent) -> None:
    message = begun(mailbox, bea)

    ticket = message.ticket
    assert (ticket.kind, ticket.state, ticket.waiting_since) == (Kind.EMAIL, State.ANSWERED, None)
    assert (ticket.contact.name, ticket.assignee, ticket.subject) == ("Jana Nová", bea, "Your parcel")
    assert message.subject == f"[{public_number(bea.workspace, ticket.number)}] Your parcel"
    assert (message.author and message.author.address, message.delivery) == (
        "jana@home.example",
        Delivery.QUEUED,
    )
    assert not Confirmation.objects.exists()  # nobody has written to us


def test_it_can_be_gone_on_with_before_anybody_has_answered(mailbox: Inbox, bea: Agent) -> None:
    ticket = begun(mailbox, bea).ticket
    thread = Thread.objects.get(ticket=ticket)

    from heard.tickets.reply import reply

    again = reply(ticket, text="And which day suits you?", by=bea, now=NOON, via=thread)
    assert again.author == thread.identity


def test_those_who_are_added_get_a_copy_and_nobody_twice(mailbox: Inbox, bea: Agent) -> None:
    adds = ["Petr@Home.example", "petr@home.example", "jana@home.example", mailbox.account]
    message = begun(mailbox, bea, adds=adds)

    assert [one["address"] for one in message.copies] == ["petr@home.example"]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"address": "jana at home"}, BadAddress),
        ({"adds": ["petr@home.example", "nobody"]}, BadAddress),
        ({"subject": "  "}, SubjectNeeded),
        ({"text": "Dear {customer.name}, hello"}, ReplyStopped),
        ({"address": "support@gmail.com"}, CannotContinue),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    mailbox: Inbox, bea: Agent, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        begun(mailbox, bea, **changed)

    assert not Ticket.objects.exists()
    assert not Contact.objects.exists()


def test_only_by_a_mailbox_of_ones_own_workspace(
    mailbox: Inbox, bea: Agent, cyril: Agent, facebook: Network
) -> None:
    for inbox, by in ((mailbox, cyril), (facebook.inbox, bea)):
        with pytest.raises(CannotContinue):
            begun(inbox, by)

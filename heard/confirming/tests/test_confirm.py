from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from heard.confirming.confirm import confirm_next
from heard.confirming.models import Confirmation, ConfirmingGoal, ConfirmingInbox, ConfirmingText
from heard.tickets.models import Message, Outcome, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.status_link import status_key, status_link, ticket_of_link
from heard.workspaces.models import Agent, OpeningSpan, Workspace
from tests.cast import NOON, Network, a_ticket, an_inbox, reloaded


def confirmed(network: Network, ticket: Ticket) -> Message | None:
    while confirm_next(now=network.tick()):
        pass
    return ticket.messages.filter(direction="out", automatic=True).first()


def test_a_new_ticket_is_confirmed_once_with_its_number_and_link(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    told = confirmed(messenger, ticket)

    assert told is not None
    number = public_number(ticket.workspace, ticket.number)
    assert told.text.startswith("Hello Jana,\n\nWe have your message. Its number is ")
    assert number in told.text
    assert number in told.subject
    assert f"/t/{number}/{status_key(ticket.workspace, ticket.number)}" in told.text
    assert "{{" not in told.text
    assert ticket.messages.get(direction="in").outcome == Outcome.OPEN
    messenger.direct("Hello?")
    assert Confirmation.objects.get().state == Confirmation.State.SENT
    assert not confirm_next(now=messenger.tick())


def test_inboxes_that_were_not_asked_to_say_nothing(acme: Workspace) -> None:
    quiet = Network(an_inbox(acme, "messenger"))

    ticket = a_ticket(quiet, said="Where is my parcel?", direct=True)

    assert confirmed(quiet, ticket) is None
    assert not Confirmation.objects.exists()


def test_comments_are_not_confirmed(facebook: Network) -> None:
    ConfirmingInbox.objects.create(inbox=facebook.inbox, workspace_id=facebook.inbox.workspace_id, on=True)

    assert confirmed(facebook, a_ticket(facebook, said="Where is my parcel?")) is None


def test_whoever_was_answered_meanwhile_needs_no_confirmation(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    reply(ticket, text="On its way.", by=bea, now=messenger.tick())

    assert confirmed(messenger, ticket) is None
    assert Confirmation.objects.get().state == Confirmation.State.SKIPPED


def test_after_a_long_outage_nothing_is_confirmed(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    messenger.tick(hours=13)

    assert confirmed(messenger, ticket) is None


def test_a_name_that_is_more_than_a_name_is_not_repeated(messenger: Network) -> None:
    id = messenger.direct("Buy", by="Win at evil.example")

    told = confirmed(messenger, messenger.ticket(id))

    assert told is not None
    assert told.text.startswith("We have your message.")


def test_a_sender_who_is_not_proved_chose_none_of_the_words(messenger: Network) -> None:
    told = confirmed(messenger, messenger.ticket(messenger.direct("Hi", verified=False)))

    assert told is not None
    assert "Jana" not in told.text


def test_outside_the_hours_other_words_are_said_and_a_moment_is_named(messenger: Network) -> None:
    workspace = messenger.inbox.workspace
    ConfirmingGoal.objects.create(workspace=workspace, minutes=60)
    OpeningSpan.objects.create(workspace=workspace, weekday=1, opens=9 * 60, closes=17 * 60)
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    told = confirmed(messenger, ticket)

    assert told is not None
    assert "nobody is there" in told.text
    assert "We want to answer by 3 Nov 2026, 10:00." in told.text
    assert Confirmation.objects.get().expected_at == datetime.fromisoformat("2026-11-03T10:00+00:00")


def test_own_words_are_said_in_the_language_of_the_ticket(messenger: Network) -> None:
    workspace = messenger.inbox.workspace
    ConfirmingText.objects.create(workspace=workspace, language="de", within="Ihre Nummer: {{number}}")
    ConfirmingText.objects.create(workspace=workspace, language="en", within="Your number: {{ number }}")
    ticket = a_ticket(messenger, said="?", direct=True)
    Ticket.objects.filter(pk=ticket.pk).update(language="de")

    told = confirmed(messenger, ticket)

    assert told is not None
    assert told.text == f"Ihre Nummer: {public_number(workspace, ticket.number)}"


def test_a_link_opens_its_own_ticket_and_no_other(messenger: Network, cyril: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    workspace = ticket.workspace
    public, key = public_number(workspace, ticket.number), status_key(workspace, ticket.number)

    assert status_link(workspace, ticket.number, public_url="https://x") == f"https://x/t/{public}/{key}"
    assert ticket_of_link(public, key) == ticket
    assert ticket_of_link(public.lower(), key) == ticket
    for wrong in (
        status_key(cyril.workspace, ticket.number),
        status_key(workspace, ticket.number + 1),
        "",
        "ž",
    ):
        assert ticket_of_link(public, wrong) is None
    assert ticket_of_link(public_number(cyril.workspace, ticket.number), key) is None
    assert ticket_of_link("nonsense", key) is None
    assert reloaded(workspace).number_prefix == "HRD"


@pytest.mark.parametrize("hours", [0, 23])
def test_a_second_ticket_on_the_same_day_is_not_confirmed_again(messenger: Network, hours: int) -> None:
    first = a_ticket(messenger, said="Where is my parcel?", direct=True)
    assert confirmed(messenger, first) is not None
    other = Network(an_inbox(messenger.inbox.workspace, "messenger", "another"), now=messenger.now)
    ConfirmingInbox.objects.create(inbox=other.inbox, workspace_id=other.inbox.workspace_id, on=True)
    other.tick(hours=hours)

    assert confirmed(other, a_ticket(other, said="And the other?", direct=True)) is None
    assert messenger.now < NOON + timedelta(days=1)


def test_one_that_cannot_be_said_does_not_hold_up_the_others(messenger: Network) -> None:
    first = a_ticket(messenger, said="?", direct=True)
    second = a_ticket(messenger, said="?", by="Dana", direct=True)
    Workspace.objects.update(time_zone="Mars/Base")
    assert confirm_next(now=messenger.tick())
    Workspace.objects.update(time_zone="UTC")

    assert confirmed(messenger, second) is not None
    assert Confirmation.objects.get(ticket=first).state == Confirmation.State.SKIPPED

"""Days go by: who is asked, who is not, and everybody once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard.following_up.follow import follow_next
from heard.following_up.models import FollowUpReply, FollowUpText
from heard.following_up.rules import BadRule, Rule, change_rule
from heard.following_up.saved import NotOffered, choose_replies
from heard.following_up.switch import switch_follow_up
from heard.following_up.texts import BadText, change_texts
from heard.inboxes.models import Inbox
from heard.replies.tests.shelf import CS, EN, a_reply
from heard.tickets.delivery import mark_sending, mark_sent
from heard.tickets.models import Message, Resolution, State, Ticket
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

DAY = timedelta(days=1)
RULE = Rule(ask_after=3, remind_after=2, close_after=4)


@pytest.fixture
def telegram(bea: Agent, ann: Agent) -> Network:
    """A messenger whose customers can be written to at any time, and which follows up."""
    network = Network(
        Inbox.objects.create(workspace=bea.workspace, channel="telegram", account="7", name="Shop")
    )
    change_rule(bea.workspace, RULE, by=ann, now=network.now)
    return network


def arrives(message: Message, network: Network) -> None:
    mark_sending(message)
    mark_sent(message, external_id=f"out-{message.pk}", now=network.now)


def a_silent_ticket(network: Network, bea: Agent, by: str) -> Ticket:
    ticket = a_ticket(network, said="Where is my parcel?", by=by, direct=True)
    arrives(reply(ticket, text="Which order is it?", by=bea, now=network.tick()), network)
    return ticket


def days_go_by(network: Network, days: int) -> None:
    """The job runs every few hours."""
    for _ in range(days * 4):
        network.tick(hours=6)
        while follow_next(now=network.now):
            pass


def asked(ticket: Ticket) -> list[str]:
    said = ticket.messages.filter(direction="out", automatic=True).order_by("pk")
    return [text.split(". ")[0].split("\n")[-1] for text in said.values_list("text", flat=True)]


def test_in_silence_there_is_one_reminder_and_then_the_ticket_closes(telegram: Network, bea: Agent) -> None:
    ticket = a_silent_ticket(telegram, bea, "Jana")

    days_go_by(telegram, 1)
    assert asked(ticket) == []
    days_go_by(telegram, 2)
    assert len(asked(ticket)) == 1
    days_go_by(telegram, 20)

    assert len(asked(ticket)) == 2
    ticket = reloaded(ticket)
    assert (ticket.state, ticket.resolution) == (State.RESOLVED, Resolution.NO_ANSWER_NEEDED)
    assert telegram.ticket(telegram.direct("It has come.")).follows == ticket


def test_after_solving_the_question_comes_once_and_to_everybody(telegram: Network, bea: Agent) -> None:
    tickets = [a_silent_ticket(telegram, bea, f"Person {number}") for number in range(8)]
    for ticket in tickets:
        resolve(ticket, by=bea, now=telegram.tick())

    days_go_by(telegram, 12)

    assert [len(asked(ticket)) for ticket in tickets] == [1] * 8


def test_whoever_writes_is_asked_nothing_until_they_are_silent_again(telegram: Network, bea: Agent) -> None:
    ticket = a_silent_ticket(telegram, bea, "Jana")
    days_go_by(telegram, 1)
    telegram.direct("Number 17.")
    days_go_by(telegram, 5)
    assert asked(ticket) == []

    arrives(reply(ticket, text="Thank you. Which colour?", by=bea, now=telegram.tick()), telegram)
    days_go_by(telegram, 3)
    assert len(asked(ticket)) == 1


@pytest.mark.parametrize("why", ["switched off", "left alone", "not sent", "spam", "scheduled"])
def test_there_are_reasons_to_ask_nothing(telegram: Network, bea: Agent, ann: Agent, why: str) -> None:
    ticket = a_ticket(telegram, said="Where is my parcel?", direct=True)
    answer = reply(ticket, text="Which order is it?", by=bea, now=telegram.tick())
    if why != "not sent":
        arrives(answer, telegram)
    if why == "switched off":
        change_rule(bea.workspace, Rule(), by=ann, now=telegram.now)
    if why == "left alone":
        switch_follow_up(ticket, on=False, by=bea, now=telegram.now)
    if why == "spam":
        resolve(ticket, by=bea, now=telegram.tick(), resolution=Resolution.SPAM, note="An advert.")
    if why == "scheduled":
        Ticket.objects.filter(pk=ticket.pk).update(answer_at=telegram.now + 9 * DAY)

    days_go_by(telegram, 8)

    assert asked(ticket) == []


def test_a_customer_who_said_that_it_is_solved_is_not_asked(telegram: Network, bea: Agent) -> None:
    ticket = a_silent_ticket(telegram, bea, "Jana")
    resolve(ticket, by=None, now=telegram.tick())

    days_go_by(telegram, 8)

    assert asked(ticket) == []


def test_nothing_is_asked_until_an_admin_says_so_and_never_in_public(
    facebook: Network, messenger: Network, bea: Agent, ann: Agent
) -> None:
    quiet = a_silent_ticket(messenger, bea, "Jana")
    days_go_by(messenger, 8)
    assert asked(quiet) == []

    change_rule(bea.workspace, RULE, by=ann, now=messenger.now)
    public = a_ticket(facebook, said="Where is my parcel?")
    arrives(reply(public, text="Tomorrow.", by=bea, now=facebook.tick()), facebook)
    resolve(public, by=bea, now=facebook.tick())
    closed = a_silent_ticket(messenger, bea, "Dana")  # its network takes nothing after a day
    days_go_by(facebook, 8)
    days_go_by(messenger, 8)
    assert (asked(public), asked(closed)) == ([], [])


def test_an_inbox_may_have_a_rule_and_a_language_its_own_words(
    telegram: Network, bea: Agent, ann: Agent
) -> None:
    change_rule(bea.workspace, Rule(), by=ann, now=telegram.now)
    change_rule(bea.workspace, Rule(remind_after=1), inbox=telegram.inbox, by=ann, now=telegram.now)
    words = {"remind": "Still there? It is about {{number}}."}
    change_texts(bea.workspace, language="en", texts=words, by=ann, now=telegram.now)
    ticket = a_silent_ticket(telegram, bea, "Jana")

    days_go_by(telegram, 3)

    text = ticket.messages.get(automatic=True).text
    assert text.startswith("Still there? It is about HRD-")
    assert "{{" not in text
    with pytest.raises(BadRule):
        change_rule(bea.workspace, Rule(close_after=3), by=ann, now=telegram.now)
    with pytest.raises(BadText):
        change_texts(bea.workspace, language="en", texts={"ask": "{{who}}?"}, by=ann, now=telegram.now)
    assert FollowUpText.objects.get().ask == ""


def test_a_saved_reply_asks_in_the_variant_that_fits_and_the_fixed_words_where_it_cannot(
    telegram: Network, bea: Agent, ann: Agent
) -> None:
    asks = a_reply(ann, {EN: "{company} asks, {customer.name}.", CS: "{company} se ptá."}, title="Solved?")
    blank = a_reply(ann, {EN: "Hello, {agent.first_name} here."}, title="Solved by hand?")
    with pytest.raises(NotOffered):
        choose_replies(bea.workspace, {"remind": a_reply(ann, draft=True)}, by=ann, now=telegram.now)
    tickets = {by: a_silent_ticket(telegram, bea, by) for by in ("Jana Black", "Petr Svoboda")}
    Ticket.objects.filter(pk=tickets["Petr Svoboda"].pk).update(language="cs")
    Ticket.objects.filter(pk=tickets["Jana Black"].pk).update(language="en")

    choose_replies(bea.workspace, {"remind": asks, "close": blank}, by=ann, now=telegram.now)
    days_go_by(telegram, 12)

    said = {
        by: list(
            one.messages.filter(direction="out", automatic=True).order_by("pk").values_list("text", flat=True)
        )
        for by, one in tickets.items()
    }
    assert [texts[0] for texts in said.values()] == ["Acme asks, Jana Black.", "Acme se ptá."]
    assert all("HRD-" in texts[1] for texts in said.values())
    choose_replies(bea.workspace, {"remind": None}, by=ann, now=telegram.now)
    assert list(FollowUpReply.objects.values_list("kind", flat=True)) == ["close"]

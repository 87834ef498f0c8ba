from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from heard.tickets.delivery import mark_failed, mark_sending, mark_sent, mark_unconfirmed
from heard.tickets.missed_copies import miss_copies
from heard.tickets.models import Delivery, Draft, Message, Outcome, State, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    return a_ticket(facebook, said="Where is my parcel?")


@pytest.fixture
def answer(ticket: Ticket, bea: Agent, facebook: Network) -> Message:
    return reply(ticket, text="It comes tomorrow.", by=bea, now=facebook.tick())


def act(client: Client, message: Message, verb: str, **fields: Any) -> Any:
    address = f"/tickets/{message.ticket.number}/messages/{message.pk}/{verb}?folder=waiting"
    return client.post(address, fields, headers=HTMX)


def test_a_like_thanks_and_can_be_taken_back(ticket: Ticket, of_bea: Client) -> None:
    message = ticket.messages.get()

    assert "Liked by us" in act(of_bea, message, "like").text
    assert reloaded(message).outcome == Outcome.THANKED
    act(of_bea, message, "like", liked="no")
    assert reloaded(message).outcome == Outcome.OPEN


def test_a_comment_is_hidden_and_shown_again(ticket: Ticket, of_bea: Client) -> None:
    message = ticket.messages.get()

    assert "Hidden at the network" in act(of_bea, message, "hide").text
    act(of_bea, message, "hide", hidden="no")
    assert reloaded(message).hidden_at is None


def test_what_a_network_does_not_allow_is_said(messenger: Network, of_bea: Client) -> None:
    message = a_ticket(messenger, said="Hello", direct=True).messages.get()

    assert act(of_bea, message, "hide").status_code == 422


def test_a_copy_that_did_not_arrive_is_told_and_sent_again_alone(
    answer: Message, bea: Agent, of_bea: Client, facebook: Network
) -> None:
    mark_sending(answer)
    mark_sent(answer, external_id="1", now=facebook.tick())
    copies = [{"address": "petr@home.example", "name": ""}, {"address": "eva@home.example", "name": ""}]
    Message.objects.filter(pk=answer.pk).update(copies=copies)
    miss_copies(answer, {"Petr@home.example": "550 No such user"}, now=facebook.tick())

    shown = of_bea.get(f"/tickets/{answer.ticket.number}").text
    assert "It could not be delivered to petr@home.example." in shown
    assert "550 No such user" in shown
    assert "eva@home.example." not in shown
    assert "could not be delivered" not in act(of_bea, answer, "send-again").text
    assert reloaded(answer).delivery == Delivery.SENT
    assert list(answer.dispatches.filter(state="queued").values_list("action", flat=True))[-1:] == ["copy"]


def test_a_reply_taken_back_becomes_a_draft_again(answer: Message, of_bea: Client) -> None:
    response = act(of_bea, answer, "cancel")

    assert response.status_code == 200
    assert reloaded(answer).delivery == Delivery.CANCELLED
    assert Draft.objects.get().text == "It comes tomorrow."
    assert reloaded(answer.ticket).state == State.OPEN


def test_taking_back_overwrites_nothing_that_was_typed_since(
    answer: Message, bea: Agent, of_bea: Client
) -> None:
    of_bea.post(f"/tickets/{answer.ticket.number}/draft", {"mode": "public", "text": "Newer", "version": "0"})

    act(of_bea, answer, "cancel")

    assert Draft.objects.get().text == "Newer"


def test_too_late_to_take_back_is_said(answer: Message, of_bea: Client) -> None:
    mark_sending(answer)

    response = act(of_bea, answer, "cancel")

    assert response.status_code == 422
    assert "Too late" in response.text


def test_a_failed_reply_says_why_and_is_sent_again(
    answer: Message, facebook: Network, of_bea: Client
) -> None:
    mark_sending(answer)
    mark_failed(answer, problem="gone", reason="The comment was deleted", now=facebook.tick())

    page = of_bea.get(f"/tickets/{answer.ticket.number}").text
    assert "Not sent" in page
    assert "The comment was deleted" in page
    act(of_bea, answer, "send-again")
    assert reloaded(answer).delivery == Delivery.QUEUED
    assert act(of_bea, answer, "send-again").status_code == 422


def test_an_unconfirmed_reply_is_settled_by_a_person(
    answer: Message, facebook: Network, of_bea: Client
) -> None:
    mark_sending(answer)
    mark_unconfirmed(answer, reason="The connection broke", now=facebook.tick())

    page = of_bea.get(f"/tickets/{answer.ticket.number}").text
    assert "May have been sent" in page
    assert "sending again may send it twice" in page
    act(of_bea, answer, "was-sent")
    assert reloaded(answer).delivery == Delivery.SENT
    assert act(of_bea, answer, "was-sent").status_code == 422


def test_a_message_is_only_found_in_its_own_ticket(
    answer: Message, facebook: Network, of_bea: Client
) -> None:
    other = a_ticket(facebook, said="Is it blue?", by="Dana")

    address = f"/tickets/{other.number}/messages/{answer.pk}/cancel"

    assert of_bea.post(address, headers=HTMX).status_code == 404


def test_messages_of_another_workspace_do_not_exist(answer: Message, of_cyril: Client) -> None:
    for verb in ("like", "hide", "cancel", "send-again", "was-sent"):
        assert act(of_cyril, answer, verb).status_code == 404


def test_without_a_right_to_answer_there_is_the_reason_and_the_way_there(
    facebook: Network, of_bea: Client
) -> None:
    said = facebook.comment("Hi", unanswerable="Only friends.", permalink="https://network.example/1")
    page = of_bea.get(f"/tickets/{facebook.ticket(said).number}").text
    way = page[page.index('id="way-public"') : page.index('id="text-public"')]

    assert "Only friends." in way
    assert "https://network.example/1" in way
    assert "Answered elsewhere" in way
    assert "&amp;mode=public&amp;to=" not in page

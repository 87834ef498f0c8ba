from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.tickets.models import Delivery, Draft, Message, Note, State, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    facebook.now = timezone.now() - timedelta(minutes=5)  # within the network's window
    return a_ticket(facebook, said="Where is my parcel?")


def send(client: Client, ticket: Ticket, **fields: Any) -> Any:
    return client.post(f"/tickets/{ticket.number}/reply?folder=waiting", fields, headers=HTMX)


def keep(client: Client, ticket: Ticket, **fields: Any) -> Any:
    return client.post(f"/tickets/{ticket.number}/draft", {"mode": "public", **fields}, headers=HTMX)


def ours(ticket: Ticket) -> Message:
    return ticket.messages.get(direction=Message.Direction.OUT)


def test_a_public_reply_is_queued_and_can_be_taken_back(ticket: Ticket, bea: Agent, of_bea: Client) -> None:
    response = send(of_bea, ticket, mode="public", text="It comes tomorrow.")
    message = ours(ticket)

    assert (message.public, message.agent, message.delivery) == (True, bea, Delivery.QUEUED)
    assert "Public reply to Jana" in response.text
    assert f"/messages/{message.pk}/cancel" in response.text
    assert reloaded(ticket).state == State.ANSWERED


def test_a_private_reply_goes_to_the_person_alone(ticket: Ticket, of_bea: Client) -> None:
    send(of_bea, ticket, mode="private", text="May I have your order number?")

    assert (ours(ticket).public, ours(ticket).private_reply) == (False, True)


def test_a_reply_answers_the_message_that_was_chosen(facebook: Network, of_bea: Client) -> None:
    first = facebook.comment("Where is my parcel?")
    facebook.comment("Mine neither", by="Dana", under=first)
    ticket = facebook.ticket(first)

    send(of_bea, ticket, mode="public", text="It comes tomorrow.", to=facebook.message(first).pk)

    assert ours(ticket).parent == facebook.message(first)


def test_a_message_of_another_ticket_cannot_be_chosen(
    ticket: Ticket, facebook: Network, of_bea: Client
) -> None:
    other = facebook.message(facebook.comment("Is it blue?", by="Dana"))

    send(of_bea, ticket, mode="public", text="It comes tomorrow.", to=other.pk)

    assert ours(ticket).parent is not None
    assert ours(ticket).parent != other


def test_line_ends_of_the_browser_become_one_character(ticket: Ticket, of_bea: Client) -> None:
    send(of_bea, ticket, mode="public", text="Hello\r\nthere\x00")

    assert ours(ticket).text == "Hello\nthere"


def test_what_stops_a_reply_is_shown_and_can_be_overridden(ticket: Ticket, of_bea: Client) -> None:
    stopped = send(of_bea, ticket, mode="public", text="Write to jana.novak@gmail.com please")

    assert stopped.status_code == 422
    assert stopped["HX-Retarget"] == "#findings-public"
    assert "jana.novak@gmail.com" in stopped.text
    code = stopped.text.split('name="override" value="')[1].split('"')[0]
    sent = send(of_bea, ticket, mode="public", text="Write to jana.novak@gmail.com please", override=code)
    assert sent.status_code == 200


def test_without_javascript_the_text_stands_in_the_page_with_what_stopped_it(
    ticket: Ticket, of_bea: Client
) -> None:
    response = of_bea.post(
        f"/tickets/{ticket.number}/reply?mode=public",
        {"mode": "public", "text": "Write to jana.novak@gmail.com please"},
    )

    assert response.status_code == 422
    assert "Write to jana.novak@gmail.com please</textarea>" in response.text
    assert 'name="override"' in response.text


def test_a_text_is_checked_while_it_is_typed(ticket: Ticket, of_bea: Client) -> None:
    address = f"/tickets/{ticket.number}/check"

    found = of_bea.post(address, {"mode": "public", "text": "Call +420 777 123 456"}, headers=HTMX)
    fine = of_bea.post(address, {"mode": "private", "text": "Hello"}, headers=HTMX)
    empty = of_bea.post(address, {"mode": "public", "text": " "}, headers=HTMX)

    assert "finding" in found.text
    assert (fine.text.strip(), empty.text.strip()) == ("", "")


def test_a_closed_way_says_why_in_words(ticket: Ticket, facebook: Network, of_bea: Client) -> None:
    send(of_bea, ticket, mode="private", text="May I have your order number?")

    text = of_bea.get(f"/tickets/{ticket.number}?mode=private").text

    assert "is used up" in text
    assert send(of_bea, ticket, mode="private", text="Hello?").status_code == 422


def test_a_direct_message_is_answered_in_private_only(messenger: Network, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said="Hello", direct=True)

    text = of_bea.get(f"/tickets/{ticket.number}").text

    assert "There is nothing public to answer." in text
    assert 'id="panel-private"' in text
    assert 'aria-controls="panel-private" aria-selected="true"' in text


def test_the_end_of_the_window_is_told(messenger: Network, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said="Hello", direct=True)

    text = of_bea.get(f"/tickets/{ticket.number}").text

    assert "stopped taking answers to this" in text


def test_a_note_stays_among_us(ticket: Ticket, of_bea: Client) -> None:
    address = f"/tickets/{ticket.number}/note?folder=waiting"

    assert of_bea.post(address, {"text": " "}, headers=HTMX).status_code == 422
    response = of_bea.post(address, {"text": "Ask the carrier"}, headers=HTMX)

    assert "Ask the carrier" in response.text
    assert Note.objects.get(ticket=ticket).text == "Ask the carrier"
    assert reloaded(ticket).state == State.OPEN


def test_a_draft_is_kept_and_stands_there_again(ticket: Ticket, of_bea: Client) -> None:
    first = keep(of_bea, ticket, text="It com", version="0").json()
    keep(of_bea, ticket, text="It comes", version=str(first["version"]))

    assert "It comes</textarea>" in of_bea.get(f"/tickets/{ticket.number}").text


def test_an_emptied_draft_is_forgotten(ticket: Ticket, of_bea: Client) -> None:
    first = keep(of_bea, ticket, text="It com", version="0").json()

    assert keep(of_bea, ticket, text="", version=str(first["version"])).json() == {"version": 0}
    assert not Draft.objects.exists()


def test_a_conflict_shows_both_texts_and_overwrites_nothing(ticket: Ticket, of_bea: Client) -> None:
    keep(of_bea, ticket, text="From window two", version="0")

    response = keep(of_bea, ticket, text="From window one", version="7")

    assert response.status_code == 409
    assert "From window one" in response.text
    assert "From window two" in response.text
    assert Draft.objects.get().text == "From window two"


def test_a_draft_of_no_known_kind_is_refused(ticket: Ticket, of_bea: Client) -> None:
    assert keep(of_bea, ticket, mode="shout", text="x").status_code == 422


def test_the_composer_opens_for_a_chosen_message(facebook: Network, of_bea: Client) -> None:
    first = facebook.comment("Where is my parcel?")
    facebook.comment("Mine neither", by="Dana", under=first)
    ticket, chosen = facebook.ticket(first), facebook.message(first)

    response = of_bea.get(f"/tickets/{ticket.number}/composer?to={chosen.pk}&mode=public", headers=HTMX)

    assert f'name="to" value="{chosen.pk}"' in response.text
    assert of_bea.get(f"/tickets/{ticket.number}/composer?to={chosen.pk}").status_code == 302

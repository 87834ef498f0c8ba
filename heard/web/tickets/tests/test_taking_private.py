"""The page on which a public complaint is taken into private."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from heard.replies.starter import add_starter
from heard.tickets.models import Draft, Ticket
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    facebook.now = timezone.now()
    return a_ticket(facebook, said="Your parcel never came, it is a shame", by="Jana")


def test_the_page_begins_with_the_workspaces_own_words_and_sends_both(
    of_bea: Client, bea: Agent, ticket: Ticket
) -> None:
    add_starter(bea.workspace, by=bea, now=timezone.now(), languages=["en"])
    asked = ticket.messages.get()
    address = f"/tickets/{ticket.number}/take-private"
    assert f"{address}?to={asked.pk}" in of_bea.get(f"/tickets/{ticket.number}").text

    page = of_bea.get(address, {"to": asked.pk}).text
    assert "{safe_form_link}" in page
    assert "have sent you a private message" in page

    sent = of_bea.post(
        address,
        {
            "to": asked.pk,
            "public": "I am sorry, I wrote to you.",
            "private": "Tell me here.",
            "want": ["details"],
        },
    )
    assert sent["Location"] == f"/tickets/{ticket.number}"
    assert ticket.messages.filter(direction="out", public=True).get().text == "I am sorry, I wrote to you."
    shown = of_bea.get(f"/tickets/{ticket.number}").text
    assert "went on in private" in shown

    resolve(ticket, by=bea, now=timezone.now())
    assert "Say in public that it is solved" in of_bea.get(f"/tickets/{ticket.number}").text
    of_bea.post(f"/tickets/{ticket.number}/say-solved")
    assert "solved it together in private" in Draft.objects.get().text


def test_what_the_gate_finds_is_said_beside_its_part_and_nothing_typed_is_lost(
    of_bea: Client, ticket: Ticket
) -> None:
    asked = ticket.messages.get()
    typed = {"to": asked.pk, "public": "Call +420 777 123 456.", "private": "My own words", "want": ["phone"]}

    page = of_bea.post(f"/tickets/{ticket.number}/take-private", typed)

    assert page.status_code == 422
    assert "My own words" in page.text
    assert 'id="found-public"' in page.text
    assert 'value="phone" checked' in page.text
    assert not ticket.messages.filter(direction="out").exists()

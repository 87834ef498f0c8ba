"""The page for a mail that we write first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from heard.inboxes.models import Inbox
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, an_inbox


@pytest.fixture
def mailbox(bea: Agent) -> Inbox:
    return an_inbox(bea.workspace, "email", "support@gmail.com")


def sent(client: Client, mailbox: Inbox, **changed: Any) -> Any:
    typed = {
        "inbox": mailbox.pk,
        "address": "jana@home.example",
        "name": "Jana",
        "copies": "petr@home.example, eva@home.example",
        "subject": "Your parcel",
        "text": "It came back.\r\nShall we send it again?",
    }
    return client.post("/mails/new", {**typed, **changed})


def test_a_mail_is_sent_and_its_ticket_shown(of_bea: Client, mailbox: Inbox) -> None:
    response = sent(of_bea, mailbox)

    ticket = Ticket.objects.get()
    assert response["Location"] == f"/tickets/{ticket.number}"
    message = Message.objects.get()
    assert message.text == "It came back.\nShall we send it again?"
    assert [one["address"] for one in message.copies] == ["petr@home.example", "eva@home.example"]
    page = of_bea.get(response["Location"]).text
    assert "Shall we send it again?" in page
    assert "/mails/new" in of_bea.get("/tickets").text


def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(of_bea: Client, mailbox: Inbox) -> None:
    for changed, said in (
        ({"address": "jana at home"}, "That is no e-mail address."),
        ({"copies": "petr@home.example nobody"}, "That is no e-mail address."),
        ({"subject": ""}, "This field is required."),
        ({"text": "Dear {name}, your parcel came back."}, "has not been filled in"),
    ):
        response = sent(of_bea, mailbox, **changed)
        assert (response.status_code, said in response.text) == (422, True), changed
        assert "jana" in response.text
    assert not Ticket.objects.exists()

    overridden = {"text": "Dear {name}, your parcel came back.", "override": ["blanks.unfilled"]}
    assert sent(of_bea, mailbox, **overridden).status_code == 302


def test_whoever_is_known_need_not_be_typed(of_bea: Client, mailbox: Inbox, facebook: Network) -> None:
    sent(of_bea, mailbox)
    jana = Ticket.objects.get().contact

    page = of_bea.get(f"/mails/new?contact={jana.pk}").text
    assert 'value="jana@home.example"' in page
    assert 'value=""' not in of_bea.get("/mails/new?to=x@y.example").text.split('name="address"')[1][:80]


def test_without_a_mailbox_the_page_says_what_to_connect(of_bea: Client) -> None:
    assert "Connect a mailbox" in of_bea.get("/mails/new").text
    assert "/mails/new" not in of_bea.get("/tickets").text

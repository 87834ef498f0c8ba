"""A network that takes money, and one whose posts can be shown to our followers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from pytest_httpserver import HTTPServer

from heard.channels.contract import Kind
from heard.inboxes.models import Inbox
from heard.tickets.models import Message
from heard.workspaces.models import Workspace
from tests.cast import Network, reloaded
from tests.small import a_small_network

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mention(acme: Workspace, httpserver: HTTPServer) -> Iterator[Message]:
    with a_small_network(acme, httpserver) as desk:
        customers = Network(desk.inbox)
        yield customers.message(customers.direct("Nice boots", kind=Kind.MENTION, public=True))


def checked(client: Client, mention: Message, text: str) -> str:
    address = f"/tickets/{mention.ticket.number}/check"
    told: str = client.post(address, {"mode": "public", "text": text}, headers=HTMX).text
    return told


def test_what_a_reply_costs_is_said_before_it_is_sent(mention: Message, of_bea: Client) -> None:
    assert "This reply costs $0.01." in of_bea.get(f"/tickets/{mention.ticket.number}").text
    assert "This reply costs $0.01." in checked(of_bea, mention, "Thanks")
    assert "costs $0.20: it holds a link." in checked(of_bea, mention, "See https://acme.example")


def test_at_the_cap_it_says_what_to_do(mention: Message, of_bea: Client) -> None:
    Inbox.objects.update(monthly_cap=Decimal(0))

    assert "An admin can raise it" in checked(of_bea, mention, "Thanks")


def test_a_post_is_reposted_and_taken_back(mention: Message, of_bea: Client) -> None:
    address = f"/tickets/{mention.ticket.number}/messages/{mention.pk}/repost"

    shown = of_bea.post(address, {}, headers=HTMX).text
    assert "Reposted by us" in shown
    assert "Bea reposted a message" in shown

    of_bea.post(address, {"reposted": "no"}, headers=HTMX)
    assert reloaded(mention).reposted_at is None


def test_where_there_is_no_reposting_it_is_said(mention: Message, facebook: Network, of_bea: Client) -> None:
    message = facebook.message(facebook.comment("Hello"))
    address = f"/tickets/{message.ticket.number}/messages/{message.pk}/repost"

    answer = of_bea.post(address, {}, headers=HTMX)

    assert answer.status_code == 422
    assert "does not let us repost" in answer.text

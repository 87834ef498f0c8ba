"""The number that customers know, and the page that it leads them to, on the agents' screen."""

from __future__ import annotations

import pytest
from django.test import Client

from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_key
from heard.tickets.tell import tell
from tests.cast import Network, a_ticket

pytestmark = pytest.mark.django_db


def test_number_and_link_can_be_copied_beside_the_ticket(of_bea: Client, facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    page = of_bea.get(f"/tickets/{ticket.number}").text

    number = public_number(ticket.workspace, ticket.number)
    assert f'data-copies="{number}"' in page
    assert f'/t/{number}/{status_key(ticket.workspace, ticket.number)}"' in page


def test_a_quoted_number_leads_there_and_back(of_bea: Client, facebook: Network) -> None:
    old = a_ticket(facebook, said="Where is my parcel?")
    new = a_ticket(facebook, said=f"About {public_number(old.workspace, old.number)}", by="Dana")

    there = of_bea.get(f"/tickets/{new.number}").text
    back = of_bea.get(f"/tickets/{old.number}").text

    assert f"They quoted #{old.number}</a>" in there
    assert f'href="/tickets/{old.number}"' in there
    assert f"Its number was quoted in #{new.number}</a>" in back
    assert f'href="/tickets/{new.number}"' in back


def test_what_heard_says_itself_is_shown_as_that(of_bea: Client, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    tell(ticket, text="We have your message.", now=messenger.tick())

    page = of_bea.get(f"/tickets/{ticket.number}").text

    assert "We have your message." in page
    assert '<strong class="message-author" dir="auto">Heard</strong>' in page
    assert "automatically" in page
    assert "network&#39;s own app" not in page

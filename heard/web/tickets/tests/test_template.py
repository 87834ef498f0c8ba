"""The composer's way of sending what the network approved beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.inboxes.models import InboxTemplate
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_template, a_ticket, an_inbox, reloaded

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PARCEL = "Hello {{1}}, your parcel comes on {{2}}."


@pytest.fixture
def whatsapp(bea: Agent) -> Network:
    return Network(an_inbox(bea.workspace, "whatsapp", "106540352242922"))


@pytest.fixture
def parcel(whatsapp: Network) -> InboxTemplate:
    return a_template(whatsapp.inbox, PARCEL, names=["customer_name", ""])


def a_ticket_of(network: Network, **ago: int) -> Ticket:
    network.now = timezone.now() - timedelta(**ago)
    return a_ticket(network, said="Where is my parcel?", by="Ana", direct=True)


def test_a_closed_window_offers_templates_and_no_free_text(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    page = of_bea.get(f"/tickets/{a_ticket_of(whatsapp, days=2).number}").text
    assert "A template that it approved still goes." in page
    assert '<details class="template" open>' in page


def test_an_open_window_keeps_templates_in_the_background(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    page = of_bea.get(f"/tickets/{a_ticket_of(whatsapp, minutes=5).number}").text
    assert '<details class="template">' in page
    assert "A template that it approved still goes." not in page


def test_where_there_are_no_templates_nothing_is_offered(messenger: Network, of_bea: Client) -> None:
    page = of_bea.get(f"/tickets/{a_ticket_of(messenger, days=2).number}").text
    assert 'class="template"' not in page


def test_a_closed_window_without_templates_says_what_to_do(whatsapp: Network, of_bea: Client) -> None:
    page = of_bea.get(f"/tickets/{a_ticket_of(whatsapp, days=2).number}").text
    assert "No template is approved for this inbox yet." in page


def test_the_blanks_of_a_template_have_labels_and_examples(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    ticket = a_ticket_of(whatsapp, days=2)
    form = of_bea.get(f"/tickets/{ticket.number}/template?template={parcel.pk}", headers=HTMX).text
    assert '<label for="blank-1">Customer name</label>' in form
    assert '<label for="blank-2">Blank 2</label>' in form
    assert "For example: Ana" in form
    assert "<mark>Customer name</mark>" in form


def test_without_script_the_form_stands_in_the_page(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    ticket = a_ticket_of(whatsapp, days=2)
    page = of_bea.get(f"/tickets/{ticket.number}/template?template={parcel.pk}").text
    assert 'id="blank-1"' in page
    assert "<title>" in page


def test_the_preview_shows_what_was_typed_and_nothing_as_markup(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    ticket = a_ticket_of(whatsapp, days=2)
    preview = post(of_bea, ticket, "template", parcel, ["<b>{{2}}</b>", ""]).text
    assert "Hello &lt;b&gt;{{2}}&lt;/b&gt;, your parcel comes on <mark>Blank 2</mark>." in preview


def test_a_filled_in_template_is_queued(whatsapp: Network, parcel: InboxTemplate, of_bea: Client) -> None:
    ticket = a_ticket_of(whatsapp, days=2)
    response = post(of_bea, ticket, "reply", parcel, ["Ana", "Monday"])
    message = ticket.messages.get(direction=Message.Direction.OUT)
    assert response.status_code == 200
    assert message.text == "Hello Ana, your parcel comes on Monday."
    assert message.template is not None
    assert message.template["filled"] == ["Ana", "Monday"]
    assert not reloaded(ticket).is_open


def test_an_empty_blank_is_said_and_nothing_sent(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    ticket = a_ticket_of(whatsapp, days=2)
    response = post(of_bea, ticket, "reply", parcel, ["Ana", " "])
    assert response.status_code == 422
    assert "Every blank of the template needs a word." in response.text
    assert reloaded(ticket).is_open


def test_what_the_gate_finds_stands_under_the_preview(
    whatsapp: Network, parcel: InboxTemplate, of_bea: Client
) -> None:
    InboxTemplate.objects.update(text=f"{PARCEL} {{name}}")
    ticket = a_ticket_of(whatsapp, days=2)
    response = post(of_bea, ticket, "reply", parcel, ["Ana", "Monday"])
    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#template-preview"
    assert "has not been filled in" in response.text
    again = post(of_bea, ticket, "reply", parcel, ["Ana", "Monday"], override="blanks.unfilled")
    assert again.status_code == 200


def test_another_inboxes_template_is_nobodys(whatsapp: Network, of_bea: Client, cyril: Agent) -> None:
    theirs = a_template(an_inbox(cyril.workspace, "whatsapp", "1"), "Hello")
    ticket = a_ticket_of(whatsapp, days=2)
    assert post(of_bea, ticket, "reply", theirs, []).status_code == 422
    preview = of_bea.get(f"/tickets/{ticket.number}/template?template={theirs.pk}", headers=HTMX)
    assert "Hello" not in preview.text
    assert reloaded(ticket).is_open


def post(client: Client, ticket: Ticket, verb: str, row: InboxTemplate, words: list[str], **more: str) -> Any:
    fields = {"mode": "private", "template": row.pk, "blank": words, **more}
    return client.post(f"/tickets/{ticket.number}/{verb}", fields, headers=HTMX)

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from heard.contacts.models import Contact
from heard.inboxes.mend import mend
from heard.inboxes.models import Inbox
from heard.tickets.models import CallBack, Message, Ticket
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded
from tests.visitors import signed_in

NUMBER = "+420601123456"


def written(client: Client, **changed: Any) -> Any:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    call = {
        "number": NUMBER,
        "direction": "in",
        "ticket": "new",
        "at": now,
        "result": "reached",
        "text": "The tap drips.",
        "reporter": "Jana Nová",
        "safety_risk": "yes",
        "people_affected": "40",
    }
    return client.post("/calls/new", {**call, **changed})


def test_a_call_becomes_a_ticket_with_all_that_was_asked(bea: Agent, of_bea: Client) -> None:
    response = written(of_bea, call_back_at="2090-01-01T10:00", call_back_note="The part", owner=bea.pk)

    ticket = Ticket.objects.get()
    assert response["Location"] == f"/tickets/{ticket.number}"
    call = Message.objects.get().call
    assert (call.reporter, call.safety_risk, call.people_affected) == ("Jana Nová", True, 40)
    assert (ticket.assignee, ticket.contact.name) == (bea, "Jana Nová")
    promised = CallBack.objects.get()
    assert (promised.number, promised.note) == (NUMBER, "The part")
    page = of_bea.get(f"/tickets/{ticket.number}").text
    for shown in ("The tap drips.", "Reached", "Is anybody in danger?", "Promised calls", NUMBER):
        assert shown in page
    assert "Sent" not in page.split('id="timeline"')[1].split("</ol>")[0]
    assert f">{ticket.number}" in of_bea.get("/tickets?folder=call-backs").text or "Jana Nová" in page


def test_whoever_calls_again_is_offered_what_they_want_at_present(of_bea: Client) -> None:
    written(of_bea, waits="on")
    ticket = Ticket.objects.get()

    asked = of_bea.get(
        "/calls/new",
        {"number": "+420 601 123 456"},
        headers={"HX-Request": "true", "HX-Target": "matters"},
    ).text
    assert "Jana Nová" in asked
    assert f'value="{ticket.number}"' in asked
    assert 'id="id_text"' not in asked

    written(of_bea, ticket=ticket.number, text="And the window, too.", answers="on")
    assert Ticket.objects.count() == Contact.objects.count() == 1
    assert not reloaded(ticket).is_open


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(of_bea: Client) -> None:
    for wrong, words in (
        ({"number": "call me"}, "no telephone number"),
        ({"at": "2090-01-01T10:00"}, "after it was made"),
        ({"text": ""}, "what was said"),
        ({"call_back_at": "2020-01-01T10:00"}, "That time is over"),
        ({"ticket": "777"}, "Select a valid choice"),
    ):
        response = written(of_bea, **wrong)
        assert response.status_code in (404, 422), wrong
        assert words in response.text or response.status_code == 404
    assert not Message.objects.exists()
    assert not Ticket.objects.exists()


def test_a_call_about_an_open_ticket_is_begun_from_it(messenger: Network, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said="Call me", direct=True)

    page = of_bea.get(f"/calls/new?ticket={ticket.number}&number={NUMBER.replace('+', '%2B')}").text

    assert f'value="{ticket.number}"' in page
    assert NUMBER in page


def test_the_telephone_is_an_inbox_like_others_that_nobody_connects(ann: Agent, plain_static: None) -> None:
    of_ann = signed_in(ann)
    written(of_ann)
    inbox = Inbox.objects.get()

    assert of_ann.get("/settings/inboxes").status_code == 200
    assert of_ann.get(f"/settings/inboxes/{inbox.pk}").status_code == 200
    assert of_ann.get("/ledger").status_code == 200
    assert of_ann.get("/settings/inboxes/connect/phone").status_code == 404
    assert not mend(inbox, now=NOON, public_url="http://127.0.0.1")
    assert inbox.state == Inbox.State.CONNECTED

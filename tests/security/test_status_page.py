"""The page of a ticket tells nobody but its customer anything, not even that there is such a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heard.channels.contract import Person
from heard.confirming.models import StatusPass
from heard.confirming.passes import open_pass, send_pass
from heard.contacts.models import Identity
from heard.tickets.models import Message, Ticket
from heard.tickets.note import note as add_note
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.status_link import status_key
from heard.workspaces.models import Agent
from tests.cast import Network, a_workspace, an_agent, an_inbox
from tests.visitors import plain_static as plain_static

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def messenger() -> Network:
    network = Network(an_inbox(a_workspace("Acme"), "messenger"))
    network.now = timezone.now()
    return network


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return messenger.ticket(messenger.direct("Where is my parcel?"))


@pytest.fixture
def theirs() -> Ticket:
    """Of another company on the same installation."""
    network = Network(an_inbox(a_workspace("Other"), "messenger"), now=timezone.now())
    return network.ticket(network.direct("The secret of others"))


def address(ticket: Ticket, *, key: str = "") -> str:
    workspace = ticket.workspace
    return f"/t/{public_number(workspace, ticket.number)}/{key or status_key(workspace, ticket.number)}"


def test_a_key_opens_one_ticket_and_every_other_address_says_the_same(ticket: Ticket, theirs: Ticket) -> None:
    browser = Client()
    assert browser.get(address(ticket)).status_code == 200
    known = public_number(ticket.workspace, ticket.number)
    foreign = public_number(theirs.workspace, theirs.number)
    wrong = [
        address(ticket, key=status_key(theirs.workspace, theirs.number)),
        address(theirs, key=status_key(ticket.workspace, ticket.number)),
        address(ticket, key="a" * 24),
        f"/t/HRD-99999-K7/{'a' * 24}",
        f"/t/nonsense/{'a' * 24}",
    ]
    said = {}
    for one in wrong:
        number = one.split("/")[2]
        for tail in ("", "/write", "/solved"):
            answer = browser.post(one + tail, {"text": "x"}) if tail else browser.get(one)
            assert answer.status_code == 404
            said[one + tail] = answer.content.replace(number.encode(), b"-")
    assert len(set(said.values())) == 1
    assert Message.objects.count() == 2
    pages = {
        browser.get(f"/t/{number}").content.replace(number.encode(), b"-")
        for number in (known, foreign, "nonsense")
    }
    assert len(pages) == 1


def test_asking_for_a_link_says_the_same_for_every_number(ticket: Ticket) -> None:
    known = public_number(ticket.workspace, ticket.number)
    typed = [(known, "jana@acme.example"), ("HRD-99999-K7", "jana@acme.example"), (known, "0000")]

    answers = [Client().post("/t", {"number": number, "proof": proof}) for number, proof in typed]

    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert answers[0].status_code == 200


def test_asking_often_is_slowed_down_for_who_asks_and_for_what(ticket: Ticket) -> None:
    for step in range(5):
        assert Client().post("/t", {"number": f"HRD-{step}-K7", "proof": "1234"}).status_code == 200
    assert Client().post("/t", {"number": "HRD-9-K7", "proof": "1234"}).status_code == 429
    elsewhere = [Client(REMOTE_ADDR=f"192.0.2.{step}") for step in range(6)]
    statuses = [one.post("/t", {"number": "HRD-77-K7", "proof": "1234"}).status_code for one in elsewhere]
    assert statuses == [200] * 5 + [429]


def test_nothing_is_kept_or_passed_on(ticket: Ticket) -> None:
    answer = Client().get(address(ticket))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert not answer.cookies


def test_notes_other_people_and_what_has_not_left_stay_with_us(messenger: Network) -> None:
    oto, bea = (an_agent(messenger.inbox.workspace, name) for name in ("Oto", "Bea"))
    facebook = Network(an_inbox(messenger.inbox.workspace, "facebook"), now=messenger.now)
    asked = facebook.comment("Where is MY parcel?")
    facebook.comment("I am Dana and wait, too", by="Dana", under=asked)
    ticket = facebook.ticket(asked)
    add_note(ticket, text="A difficult one", by=oto, now=facebook.tick())
    sent = reply(ticket, text="It is on its way.", by=bea, now=facebook.tick(), to=facebook.message(asked))
    reply(ticket, text="Not gone yet", by=oto, now=facebook.tick(), to=facebook.message(asked))
    Message.objects.filter(pk=sent.pk).update(delivery="sent")

    page = Client().get(address(ticket)).text

    assert "Where is MY parcel?" in page
    assert "It is on its way." in page
    assert "Bea · Acme" in page
    for hidden in ("Dana", "difficult", "Oto", "Not gone yet", 'name="text"'):
        assert hidden not in page


def test_spam_and_what_nobody_has_touched_for_long_opens_no_more(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(last_message_at=timezone.now() - timedelta(days=181))

    assert Client().get(address(ticket)).status_code == 404


def test_a_link_goes_to_who_the_ticket_belongs_to_and_works_once(messenger: Network) -> None:
    whatsapp = Network(an_inbox(messenger.inbox.workspace, "whatsapp"), now=messenger.now)
    said = whatsapp.direct("Hi", author=Person("38640123456", name="Jana"), thread="38640123456")
    ticket = whatsapp.ticket(said)
    number = public_number(ticket.workspace, ticket.number)
    for proof in ("9999", "someone@else.example", "38640123456", ""):
        send_pass(number, proof, language="en", now=whatsapp.now)
    assert not StatusPass.objects.exists()

    for _ in range(5):
        send_pass(number, "3456", language="en", now=whatsapp.tick())

    assert StatusPass.objects.count() == 3
    told = Message.objects.filter(direction="out")
    assert {one.author.address if one.author else "" for one in told} == {"38640123456"}
    secret = told.order_by("pk")[0].text.split("/t/open/")[1].split()[0]
    assert secret not in str(StatusPass.objects.values_list("secret_hash", flat=True))
    browser = Client()
    assert browser.get(f"/t/open/{secret}").status_code == 200
    opened = browser.post(f"/t/open/{secret}")
    assert (opened.status_code, opened.headers["Location"]) == (302, address(ticket))
    assert browser.post(f"/t/open/{secret}").status_code == 404
    other = told.order_by("pk")[1].text.split("/t/open/")[1].split()[0]
    assert open_pass(other, now=whatsapp.now + timedelta(minutes=31)) is None
    # It stands in the timeline of our agents, and nobody else's page.
    assert secret not in browser.get(address(ticket)).text


def test_a_scoped_id_of_a_network_is_no_telephone_number(messenger: Network, ticket: Ticket) -> None:
    Identity.objects.update(address="7264183905126437")

    send_pass(public_number(ticket.workspace, ticket.number), "6437", language="en", now=messenger.tick())

    assert not StatusPass.objects.exists()


def test_agents_of_another_workspace_get_no_link_from_the_api(ticket: Ticket, theirs: Ticket) -> None:
    eve: Agent = an_agent(theirs.workspace, "Eve")
    client = Client()
    client.force_login(eve.user)

    assert status_key(ticket.workspace, ticket.number) not in client.get("/tickets").text

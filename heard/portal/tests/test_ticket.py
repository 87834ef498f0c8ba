from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from heard.ingest.models import LedgerLine, RawCall
from heard.outbox.deliver import outgoing
from heard.tickets.models import Message, Outcome, State, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.tickets.status_link import status_key
from heard.workspaces.models import Agent
from tests.cast import Network, an_inbox, reloaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def messenger(messenger: Network) -> Network:
    messenger.now = timezone.now()
    return messenger


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return messenger.ticket(messenger.direct("Where is my parcel?"))


def address(ticket: Ticket) -> str:
    workspace = ticket.workspace
    return f"/t/{public_number(workspace, ticket.number)}/{status_key(workspace, ticket.number)}"


def test_the_page_says_how_it_stands(messenger: Network, ticket: Ticket, bea: Agent) -> None:
    assert "waits for an answer" in Client().get(address(ticket)).text

    reply(ticket, text="On its way.", by=bea, now=messenger.tick())
    assert "We have answered." in Client().get(address(ticket)).text

    resolve(ticket, by=bea, now=messenger.tick())
    assert "This is done." in Client().get(address(ticket)).text


@pytest.mark.parametrize("language", ["en", "el", "sl", "hu", "cs"])
def test_it_is_read_in_the_language_of_the_reader(ticket: Ticket, language: str) -> None:
    asked = Client().get(address(ticket), {"lang": language})
    preferred = Client().get(address(ticket), headers={"Accept-Language": language})

    for answer in (asked, preferred):
        assert f'<html lang="{language}">' in answer.text
        assert answer.headers["Content-Language"] == language


def test_what_is_written_there_lands_in_the_ticket_and_in_the_ledger(
    messenger: Network, ticket: Ticket, bea: Agent
) -> None:
    resolve(ticket, by=bea, now=messenger.tick(), note="sent")
    calls = RawCall.objects.count()

    for _ in range(2):
        answer = Client().post(f"{address(ticket)}/write?lang=cs", {"text": "Still nothing", "once": "one"})

    assert answer.headers["Location"] == f"{address(ticket)}?said=written&lang=cs"
    added = ticket.messages.get(text="Still nothing")
    assert (added.outcome, added.public, added.remark, added.external_id) == (
        Outcome.OPEN,
        False,
        "status page",
        "",
    )
    assert reloaded(ticket).state == State.OPEN
    assert RawCall.objects.count() == calls + 1
    line = LedgerLine.objects.order_by("-pk")[0]
    assert (line.place, line.inbox) == (LedgerLine.Place.MESSAGE, ticket.inbox)
    assert bytes(RawCall.objects.order_by("-pk")[0].body)


def test_an_answer_to_it_goes_where_the_conversation_is(
    messenger: Network, ticket: Ticket, bea: Agent
) -> None:
    Client().post(f"{address(ticket)}/write", {"text": "Still nothing", "once": "one"})
    messenger.direct("Hello?")

    answer = reply(ticket, text="On its way.", by=bea, now=messenger.tick())

    assert (outgoing(answer).to, answer.inbox) == ("person-jana", messenger.inbox)
    assert not ticket.messages.filter(outcome=Outcome.OPEN).exists()


def test_it_opens_no_window_at_the_network(messenger: Network, ticket: Ticket) -> None:
    wrote = ticket.messages.get().author
    assert wrote is not None
    before = wrote.last_wrote_at

    Client().post(f"{address(ticket)}/write", {"text": "Still nothing", "once": "one"})

    assert reloaded(wrote).last_wrote_at == before


def test_the_customer_says_that_it_is_solved(ticket: Ticket) -> None:
    page = Client().post(f"{address(ticket)}/solved", follow=True)

    assert "Thank you for telling us." in page.text
    ended = reloaded(ticket)
    assert (ended.state, ended.resolution) == (State.RESOLVED, "solved")
    assert ended.resolution_note == "The customer says that it is solved."
    assert ticket.messages.get().outcome == Outcome.ANSWERED


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_nothing_or_too_much_is_kept_in_the_field(ticket: Ticket, text: str) -> None:
    page = Client().post(f"{address(ticket)}/write", {"text": text})

    assert page.status_code == 422
    assert text.strip() in page.text
    assert Message.objects.count() == 1


def test_where_nobody_spoke_to_us_alone_nothing_can_be_added(facebook: Network) -> None:
    facebook.now = timezone.now()
    ticket = facebook.ticket(facebook.comment("Where is my parcel?"))

    assert 'name="text"' not in Client().get(address(ticket)).text
    assert Client().post(f"{address(ticket)}/write", {"text": "Me again"}).status_code == 422


def test_writing_often_is_slowed_down(ticket: Ticket) -> None:
    for step in range(5):
        Client().post(f"{address(ticket)}/write", {"text": str(step), "once": str(step)})

    slowed = Client().post(f"{address(ticket)}/write", {"text": "And <six>", "once": "6"})
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "60")
    assert "And &lt;six&gt;</textarea>" in slowed.text


def test_who_goes_back_sends_the_same_once_and_other_words_again(ticket: Ticket) -> None:
    for text, once in [("Still nothing", "1"), ("Still nothing", "2"), ("It has come", "2")]:
        answer = Client().post(f"{address(ticket)}/write", {"text": text, "once": once})
        assert "said=written" in answer.headers["Location"]

    said = ticket.messages.filter(remark="status page").order_by("pk").values_list("text", flat=True)
    assert list(said) == ["Still nothing", "It has come"]


def test_html_of_a_customer_is_text(messenger: Network) -> None:
    ticket = messenger.ticket(messenger.direct("<script>alert(1)</script>"))

    assert "<script>alert" not in Client().get(address(ticket)).text


def test_one_company_is_named_where_there_is_one(ticket: Ticket, cyril: Agent) -> None:
    an_inbox(cyril.workspace)

    assert "Acme" not in Client().get("/t").text
    assert "Acme" in Client().get(address(ticket)).text

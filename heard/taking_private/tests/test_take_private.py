"""Out of the public, and still one case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heard.outbox.deliver import outgoing
from heard.taking_private.models import SafeForm
from heard.taking_private.safe_form import AWAKE, NothingGiven, UsedUp, fill_in
from heard.taking_private.take_private import Taken, TakeStopped, take_private
from heard.tickets.models import Message, Outcome, Ticket
from heard.tickets.route import NoWay
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded
from tests.visitors import plain_static as plain_static

PUBLIC = "Hello Jana, I am sorry. I have just written to you in private."
PRIVATE = "Hello Jana, please tell me the details here: {safe_form_link} It works once."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    facebook.now = timezone.now()
    return a_ticket(facebook, said="Your parcel never came, it is a shame", by="Jana")


def taken(ticket: Ticket, by: Agent, **changed: object) -> Taken:
    how: dict[str, object] = {
        "to": ticket.messages.get(direction="in"),
        "public_text": PUBLIC,
        "private_text": PRIVATE,
        "wants": ["order_number", "details"],
        "by": by,
        "now": timezone.now(),
    }
    return take_private(ticket, **{**how, **changed})  # type: ignore[arg-type]


def path_in(text: str) -> str:
    found = re.search(r"/s/[a-z2-7]{32}", text)
    assert found, text
    return found[0]


def test_both_go_out_the_link_in_private_only_and_the_case_stays_one(ticket: Ticket, bea: Agent) -> None:
    both = taken(ticket, bea)

    assert (both.public.public, both.private.public, both.private.private_reply) == (True, False, True)
    assert both.public.ticket_id == both.private.ticket_id == ticket.pk
    assert "/s/" not in both.public.text
    assert "{" not in both.private.text
    assert path_in(both.private.text)
    assert ticket.messages.get(direction="in").outcome == Outcome.ANSWERED
    assert outgoing(both.private).private_reply


def test_the_link_stands_at_the_end_where_no_place_is_named(ticket: Ticket, bea: Agent) -> None:
    both = taken(ticket, bea, private_text="Please tell me the details.")
    assert both.private.text.startswith("Please tell me the details.\n\nhttp")

    form = SafeForm.objects.get()
    assert (form.wants, form.identity, form.message) == (
        ["order_number", "details"],
        both.private.author,
        both.private,
    )
    assert form.key_hash not in both.private.text


@pytest.mark.parametrize(
    ("changed", "part", "code"),
    [
        ({"public_text": "Write to me at jana.novak@gmail.com."}, "public", "personal.email"),
        ({"private_text": "Dear {customer.name}, hello"}, "private", "blanks.unfilled"),
        ({"wants": []}, "private", "blanks.unfilled"),
    ],
)
def test_what_stops_one_stops_both(
    ticket: Ticket, bea: Agent, changed: dict[str, object], part: str, code: str
) -> None:
    with pytest.raises(TakeStopped) as stopped:
        taken(ticket, bea, **changed)

    assert (stopped.value.part, [one.code for one in stopped.value.findings]) == (part, [code])
    assert not ticket.messages.filter(direction="out").exists()
    assert not SafeForm.objects.exists()


def test_where_the_network_allows_no_private_word_nothing_is_said_in_public(
    ticket: Ticket, bea: Agent
) -> None:
    taken(ticket, bea)

    with pytest.raises(NoWay):
        taken(ticket, bea, public_text="Hello Jana, once more I have written to you in private.")
    assert ticket.messages.filter(direction="out").count() == 2


def test_what_the_customer_gives_lands_in_the_ticket_once_and_from_that_account(
    ticket: Ticket, facebook: Network, bea: Agent
) -> None:
    both = taken(ticket, bea)
    facebook.comment(
        "Mine neither", by="Dana", under=ticket.messages.get(author__name="Jana", direction="in").external_id
    )
    address, browser = path_in(both.private.text), Client()

    for _ in range(2):  # a program looks at the link first
        page = browser.get(address)
        assert (page.status_code, "Acme" in page.text, 'name="order_number"' in page.text) == (
            200,
            True,
            True,
        )
    assert "Jana" not in page.text

    for _pressed_twice in range(2):
        sent = browser.post(
            address, {"order_number": "A-10425", "details": "It never\r\ncame", "phone": "1234"}
        )
        assert "Thank you" in sent.text
    given = Message.objects.get(remark="safe form")
    assert given.text == "Order number: A-10425\nWhat happened, in more detail: It never\ncame"
    assert (given.ticket, given.public, given.author, given.outcome) == (
        ticket,
        False,
        both.private.author,
        Outcome.OPEN,
    )
    assert reloaded(ticket).is_open

    again = browser.post(address, {"order_number": "B"})
    assert "This form was sent already" in again.text
    assert "This form was sent already" in browser.get(address).text
    assert Message.objects.filter(remark="safe form").count() == 1


def test_an_old_or_invented_link_opens_nothing_and_an_empty_form_uses_nothing_up(
    ticket: Ticket, bea: Agent
) -> None:
    both = taken(ticket, bea)
    address, browser = path_in(both.private.text), Client()

    assert browser.post(address, {"order_number": "  "}).status_code == 422
    assert browser.get(f"/s/{'a' * 32}").status_code == 404
    form = SafeForm.objects.get()
    with pytest.raises(NothingGiven):
        fill_in(form, given={"phone": "123"}, now=timezone.now())
    with pytest.raises(UsedUp):
        fill_in(form, given={"order_number": "A-1"}, now=timezone.now() + AWAKE + timedelta(seconds=1))

    SafeForm.objects.update(until=timezone.now())
    assert browser.get(address).status_code == 404


def test_nothing_personal_is_in_any_public_call(ticket: Ticket, facebook: Network, bea: Agent) -> None:
    both = taken(ticket, bea)
    Client().post(path_in(both.private.text), {"order_number": "A-10425", "details": "Jana, Long Street 5"})

    public = list(Message.objects.filter(public=True, direction="out"))
    assert public == [both.public]
    for planted in ("A-10425", "Long Street", "/s/"):
        assert planted not in repr(outgoing(both.public))

"""Confirmations by e-mail, against real servers: said once, marked as a machine's, and never to a machine."""

from __future__ import annotations

import email
import uuid

import pytest
from django.utils import timezone

from heard.channels.contract import Kind, Person
from heard.confirming.confirm import confirm_next
from heard.confirming.models import Confirmation
from heard.confirming.passes import send_pass
from heard.outbox.deliver import deliver_next
from heard.tickets.models import Message, Outcome, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.status_link import status_key
from tests.cast import Network, an_inbox
from tests.mailboxes import needs_dovecot
from tests.test_mailbox import JANA, Desk, the_message
from tests.test_mailbox import desk as desk
from tests.test_mailbox import mailboxes as mailboxes

pytestmark = [needs_dovecot(), pytest.mark.django_db]


def confirmed(desk: Desk) -> list[email.message.Message]:
    """The mails that left."""
    before = len(desk.post.taken)
    while confirm_next(now=timezone.now()) or deliver_next(desk.inbox, now=timezone.now()):
        pass
    return [email.message_from_bytes(taken.raw) for taken in desk.post.taken[before:]]


def test_a_mail_is_confirmed_unasked_and_the_answer_to_that_is_the_same_ticket(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))

    (mail,) = confirmed(desk)

    number = public_number(desk.inbox.workspace, asked.ticket.number)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert number in str(email.header.make_header(email.header.decode_header(mail["Subject"])))
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    words = text.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert f"/t/{number}/{status_key(desk.inbox.workspace, asked.ticket.number)}" in words
    assert "Jana" not in words  # nobody proved that it is her
    assert desk.post.taken[-1].to == [JANA]
    asked.refresh_from_db()
    assert asked.outcome == Outcome.OPEN
    again = the_message(desk.answered_by(mail, "It has come."))
    assert again.ticket == asked.ticket
    assert confirmed(desk) == []
    reply(asked.ticket, text="Good.", by=desk.bea, now=timezone.now())
    asked.refresh_from_db()
    assert asked.outcome == Outcome.ANSWERED


def test_machines_get_no_confirmation(desk: Desk) -> None:
    desk.writes("I am away", Auto_Submitted="auto-replied")
    desk.writes("News", by="list@home.example", List_Id="<news.home.example>", Precedence="bulk")
    desk.writes(
        "Not delivered", by="mailer-daemon@home.example", Return_Path="<>", Auto_Submitted="auto-generated"
    )

    assert confirmed(desk) == []
    assert set(Confirmation.objects.values_list("state", flat=True)) <= {"skipped"}


def test_who_filled_in_a_form_is_confirmed_and_answered_by_mail(desk: Desk) -> None:
    page = Network(an_inbox(desk.inbox.workspace, "form"), now=timezone.now())
    ticket = page.ticket(a_submission(page))

    (mail,) = confirmed(desk)

    assert desk.post.taken[-1].to == ["petr@home.example"]
    assert mail["Auto-Submitted"] == "auto-replied"
    assert reply(ticket, text="It left.", by=desk.bea, now=timezone.now()).inbox == desk.inbox
    assert Ticket.objects.count() == 1
    send_pass(
        public_number(ticket.workspace, ticket.number), "PETR@home.example", language="en", now=timezone.now()
    )
    assert "/t/open/" in Message.objects.order_by("-pk")[0].text


def a_submission(page: Network) -> str:
    id, author = str(uuid.uuid4()), Person("petr@home.example", name="Petr")
    page.direct("Where?", kind=Kind.FORM, external_id=id, thread=id, author=author, verified=False)
    return id

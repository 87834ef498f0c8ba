from __future__ import annotations

import pytest
from pydantic import SecretStr

from heard.channels.contract import Problem, ReconnectNeeded, Rejected, TryAgain, Unconfirmed
from heard.channels.email import smtp
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.tests.conftest import SUPPORT, mail_credentials
from heard.channels.tests.servers import nobody_listens
from heard.channels.tests.wire import HttpWire
from tests.mailboxes import Postman

RAW = b"From: support@acme.example\r\nSubject: Re: parcel\r\n\r\nIt left.\r\n.\r\n..two\r\n"
Wire = HttpWire[EmailCredentials]


def send(wire: Wire) -> None:
    to = ["jana@home.example", "petr@home.example"]
    smtp.send(RAW, sender=SUPPORT, to=to, needed=to[0], wire=wire)


def test_a_mail_arrives_as_it_was_with_its_envelope(wire: Wire, post: Postman) -> None:
    send(wire)

    [taken] = post.taken
    assert (taken.sender, taken.to) == (SUPPORT, ["jana@home.example", "petr@home.example"])
    assert taken.raw == RAW


@pytest.mark.parametrize("verb", ["GREET", "AUTH", "MAIL", "RCPT", "DATA", "END"])
def test_not_now_is_tried_again_wherever_it_is_said(verb: str, wire: Wire, post: Postman) -> None:
    post.answer(verb, "451 4.7.1 greylisted, come back later")
    with pytest.raises(TryAgain):
        send(wire)
    assert post.taken == []


@pytest.mark.parametrize("verb", ["GREET", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_before_the_mail_is_tried_again(
    verb: str, wire: Wire, post: Postman
) -> None:
    post.answer(verb, "hang up")
    with pytest.raises(TryAgain):
        send(wire)
    assert post.taken == []


def test_a_connection_that_breaks_after_the_mail_leaves_doubt(wire: Wire, post: Postman) -> None:
    post.answer("END", "hang up")
    with pytest.raises(Unconfirmed):
        send(wire)
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    ("verb", "line", "problem"),
    [
        ("RCPT", "550 5.1.1 no such user", Problem.RECIPIENT_BLOCKED),
        ("RCPT", "553 5.1.3 bad address", Problem.RECIPIENT_BLOCKED),
        ("MAIL", "552 5.3.4 message too large", Problem.MEDIA_REJECTED),
        ("END", "554 5.7.1 looks like spam", Problem.PERMISSION),
        ("END", "550 5.7.1 policy", Problem.PERMISSION),
        ("DATA", "503 5.5.1 not now, not ever", Problem.INVALID),
    ],
)
def test_a_refusal_says_what_is_wrong(
    verb: str, line: str, problem: Problem, wire: Wire, post: Postman
) -> None:
    post.answer(verb, line)
    with pytest.raises(Rejected) as refused:
        send(wire)
    assert refused.value.problem is problem
    assert line[4:] in refused.value.reason
    assert post.taken == []


def test_a_wrong_password_wants_a_person_and_is_never_quoted(wire: Wire, post: Postman) -> None:
    post.password = "another"
    post.answer("AUTH", f"535 5.7.8 “{wire.credentials.password.get_secret_value()}” is wrong")
    with pytest.raises(ReconnectNeeded) as refused:
        send(wire)
    assert wire.credentials.password.get_secret_value() not in refused.value.reason


def test_signing_in_with_a_token_of_the_provider(post: Postman) -> None:
    send(HttpWire(mail_credentials(1, post.port, access_token=SecretStr("good"))))
    assert len(post.taken) == 1
    with pytest.raises(ReconnectNeeded):
        send(HttpWire(mail_credentials(1, post.port, access_token=SecretStr("old"))))


def test_a_server_without_starttls_gets_no_password(post: Postman) -> None:
    with pytest.raises(ReconnectNeeded):
        send(HttpWire(mail_credentials(1, post.port, smtp_security="STARTTLS")))


def test_a_server_that_is_away_is_tried_again() -> None:
    port = int(nobody_listens().rpartition(":")[2].split("/")[0])
    with pytest.raises(TryAgain):
        send(HttpWire(mail_credentials(1, port)))

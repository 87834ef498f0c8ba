"""Our SMTP against a server that thousands run, with STARTTLS and sign-in: Exim, as Debian has it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.policy import default

import pytest
from pydantic import SecretStr

from heard.channels.contract import (
    Kind,
    Outgoing,
    Person,
    Problem,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Upload,
)
from heard.channels.email import connections, smtp
from heard.channels.email.channel import Email
from heard.channels.email.tests.conftest import mail_credentials
from heard.channels.tests.wire import HttpWire
from tests.exim import Exim, exim, needs_exim

pytestmark = needs_exim()
FILE = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def server() -> Iterator[Exim]:
    with exim("jana", "petr") as running:
        yield running


@pytest.fixture(autouse=True)
def _trusting(server: Exim, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As an operator trusts an authority of their own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    connections._tls.cache_clear()
    yield
    connections._tls.cache_clear()


def send(server: Exim, *, to: str = "jana@home.example", **more: object) -> Sent:
    told = {
        "kind": Kind.EMAIL,
        "text": "Το δέμα έφυγε.\n.\n..δύο",
        "to": to,
        "token": "t1",
        "subject": "Πού;",
    }
    outgoing = Outgoing(**(told | {k: v for k, v in more.items() if not k.startswith("smtp_")}))  # type: ignore[arg-type]
    security = {k: v for k, v in more.items() if k.startswith("smtp_")}
    mine = mail_credentials(1, server.port, **({"smtp_security": "STARTTLS"} | security))
    return Email().send(outgoing, HttpWire(mine))


def test_a_mail_with_greek_and_a_file_arrives_as_it_was_written(server: Exim) -> None:
    sent = send(
        server,
        subject="Πού είναι το δέμα; Ψάχνουμε και θα σας πούμε μόλις το βρούμε, υποσχόμαστε",
        copies=[Person("petr@home.example", name="Πέτρος")],
        files=[Upload("απόδειξη.bin", "application/octet-stream", FILE)],
    )

    for person in ("jana", "petr"):
        [raw] = server.mails(person)
        mail = email.message_from_bytes(raw, policy=default)
        assert "δέμα; Ψάχνουμε και θα σας πούμε μόλις το βρούμε" in mail["Subject"]
        assert mail["Message-ID"].strip("<>") == sent.external_id
        assert "with esmtpsa" in mail["Received"]  # over TLS, signed in
        body = mail.get_body(("plain",))
        assert body is not None
        assert "Το δέμα έφυγε.\n.\n..δύο" in body.get_content().replace("\r\n", "\n")
        [file] = mail.iter_attachments()
        assert (file.get_filename(), file.get_content()) == ("απόδειξη.bin", FILE)


def test_nobody_of_that_name_is_a_refusal(server: Exim) -> None:
    with pytest.raises(Rejected) as refused:
        send(server, to="nobody@home.example")
    assert refused.value.problem is Problem.RECIPIENT_BLOCKED
    assert "5.1.1 nobody of that name lives here" in refused.value.reason


def test_not_now_is_tried_again(server: Exim) -> None:
    with pytest.raises(TryAgain):
        send(server, to="greylisted@home.example")


def test_a_mail_that_the_server_finds_too_large_is_a_refusal(server: Exim) -> None:
    with pytest.raises(Rejected) as refused:
        send(server, files=[Upload("a.bin", "application/octet-stream", FILE * 200)])
    assert refused.value.problem is Problem.MEDIA_REJECTED


def test_a_wrong_password_wants_a_person(server: Exim) -> None:
    mine = mail_credentials(1, server.port, smtp_security="STARTTLS", password=SecretStr("another"))
    with pytest.raises(ReconnectNeeded):
        smtp.probe(HttpWire(mine))


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    server: Exim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    connections._tls.cache_clear()
    signed_in = server.log().count("plain")
    with pytest.raises(TryAgain):
        send(server)
    assert server.log().count("plain") == signed_in

"""A mailbox on this machine, and an SMTP server that does as a test says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from heard.channels.email.credentials import EmailCredentials
from heard.channels.tests.wire import HttpWire
from tests.mailboxes import PASSWORD, Dovecot, Postman, dovecot, postman

SUPPORT = "support@acme.example"


def mail_credentials(imap_port: int, smtp_port: int, **more: object) -> EmailCredentials:
    told = {
        "account": SUPPORT,
        "sender_name": "Acme Support",
        "password": SecretStr(PASSWORD),
        "imap_host": "127.0.0.1",
        "imap_port": imap_port,
        "imap_security": "none",
        "smtp_host": "127.0.0.1",
        "smtp_port": smtp_port,
        "smtp_security": "none",
    }
    return EmailCredentials.model_validate(told | more)


@pytest.fixture(scope="session")
def mailboxes() -> Iterator[Dovecot]:
    with dovecot(SUPPORT, *(f"box{number}@acme.example" for number in range(20))) as running:
        yield running


@pytest.fixture
def post() -> Iterator[Postman]:
    with postman() as running:
        yield running


@pytest.fixture
def wire(post: Postman) -> HttpWire[EmailCredentials]:
    return HttpWire(mail_credentials(1, post.port))

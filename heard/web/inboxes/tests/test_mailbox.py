"""The form of a mailbox: what it asks for, what it knows by itself, and what it never shows."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from heard.channels.email.credentials import EmailCredentials
from heard.channels.registry import channel
from heard.inboxes.models import Inbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
FORM = "/settings/inboxes/connect/email"


def test_the_form_asks_for_a_mailbox_and_for_nothing_that_signing_in_brings(anns: Client) -> None:
    page = anns.get(FORM).content.decode()

    for name in ("account", "password", "imap_host", "smtp_security", "signature"):
        assert f'name="{name}"' in page
    for name in ("access_token", "refresh_token"):
        assert f'name="{name}"' not in page
    assert "STARTTLS" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"account": "not an address"}, "this is no e-mail address"),
        ({"account": "support@acme.example"}, "fill in the IMAP and the SMTP server"),
    ],
)
def test_what_is_missing_is_said_at_once(anns: Client, typed: dict[str, str], says: str) -> None:
    answer = anns.post(FORM, {"password": "s3cret-word", **typed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "s3cret-word" not in answer.content.decode()


def test_a_server_that_does_not_answer_is_said_in_words_and_nothing_stays(anns: Client) -> None:
    typed = {
        **{"account": "support@acme.example", "password": "s3cret-word"},
        **{"imap_host": "127.0.0.1", "imap_port": "9", "imap_security": "none"},
        **{"smtp_host": "127.0.0.1", "smtp_port": "9", "smtp_security": "none"},
    }
    answer = anns.post(FORM, typed)

    assert answer.status_code == 422
    assert "The IMAP server could not be reached." in answer.content.decode()
    assert not Inbox.objects.filter(channel="email").exists()


def test_the_servers_of_large_providers_are_known() -> None:
    typed = {"account": "acme@outlook.com", "imap_host": "", "smtp_host": "", "smtp_port": "465"}
    known = channel("email").credentials.model_validate(typed)

    assert isinstance(known, EmailCredentials)
    assert (known.imap_host, known.imap_port) == ("outlook.office365.com", 993)
    assert (known.smtp_host, known.smtp_port, known.smtp_security) == (
        *("smtp.office365.com", 587),
        "STARTTLS",
    )


def test_signing_in_leaves_for_the_provider(anns: Client) -> None:
    typed = {"provider": "google", "client_id": "client-1", "client_secret": "s3cret-app"}
    page = anns.post(f"{FORM}/sign-in", typed).content.decode()

    [found] = [part for part in page.split('"') if part.startswith("https://accounts.google.com/")]
    asked = parse_qs(urlsplit(found.replace("&amp;", "&")).query)
    assert asked["client_id"] == ["client-1"]
    assert "https://mail.google.com/" in asked["scope"][0]
    assert "s3cret-app" not in page

"""A mailbox that has no IMAP server: a mail service calls, and answers go by SMTP."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pydantic import ValidationError

from heard.channels.registry import channel
from heard.inboxes.callback import carrier_url
from heard.inboxes.connect import connect
from heard.inboxes.credentials import credentials_of
from heard.ingest.look import poll_every
from heard.ingest.models import Look
from heard.mail_hooks.tests.conftest import SECRET
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.mailboxes import PASSWORD, postman
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
TOLD = {"account": "support@acme.example", "smtp_host": "127.0.0.1", "carrier": "postmark"}


def test_a_mailbox_without_imap_is_connected_and_shows_where_to_call() -> None:
    ann = an_agent(a_workspace("Acme"), "Ann", Agent.Role.ADMIN)
    with postman() as post:
        told = {
            **TOLD,
            "password": PASSWORD,
            "smtp_port": post.port,
            "smtp_security": "none",
            "carrier_secret": SECRET,
        }
        inbox = connect(
            ann.workspace,
            slug="email",
            credentials=channel("email").credentials.model_validate(told),
            by=ann,
            now=timezone.now(),
            public_url="https://desk.acme.example",
        )

    assert poll_every(inbox) is None
    assert not channel("email").waits(credentials_of(inbox))  # type: ignore[attr-defined]
    assert not Look.objects.exists()
    page = signed_in(ann).get(f"/settings/inboxes/{inbox.pk}").content.decode()
    assert f"heard:PASSWORD@127.0.0.1:8000/mail-hooks/postmark/{inbox.key}" in page
    assert SECRET not in page
    assert carrier_url(inbox, "https://desk.acme.example").startswith(
        "https://heard:PASSWORD@desk.acme.example/"
    )


@pytest.mark.parametrize("secret", ["", "short", "with spaces in it, and long", "χωρίς-λατινικά-γράμματα"])
def test_a_service_without_a_good_secret_is_not_believed(secret: str) -> None:
    with pytest.raises(ValidationError):
        channel("email").credentials.model_validate({**TOLD, "carrier_secret": secret})

"""A real mailbox says that something came, and the look follows at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.idle import Waiting
from heard.ingest.models import Look
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.front import until
from tests.mailboxes import PASSWORD, Dovecot, dovecot, needs_dovecot, postman

pytestmark = [needs_dovecot(), pytest.mark.django_db(transaction=True)]
SUPPORT = "support@acme.example"


@pytest.fixture
def mailboxes() -> Iterator[Dovecot]:
    with dovecot(SUPPORT) as running:
        yield running


@pytest.fixture
def inbox(mailboxes: Dovecot) -> Iterator[Inbox]:
    workspace = a_workspace("Acme")
    with postman() as post:
        told = {
            "account": SUPPORT,
            "password": PASSWORD,
            **{"imap_host": "127.0.0.1", "imap_port": mailboxes.port, "imap_security": "none"},
            **{"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"},
        }
        yield connect(
            workspace,
            slug="email",
            credentials=channel("email").credentials.model_validate(told),
            by=an_agent(workspace, "Ann", Agent.Role.ADMIN),
            now=timezone.now(),
            public_url="http://127.0.0.1",
        )


def looked_later(inbox: Inbox) -> None:
    Look.objects.filter(inbox=inbox).update(due_at=timezone.now() + timedelta(hours=1))


def is_due(inbox: Inbox) -> bool:
    return Look.objects.filter(inbox=inbox, due_at__lte=timezone.now()).exists()


def test_a_mail_that_comes_is_looked_for_at_once_by_one_who_waits(inbox: Inbox, mailboxes: Dovecot) -> None:
    looked_later(inbox)
    here, elsewhere = Waiting(), Waiting()
    try:
        here.look()
        until(lambda: is_due(inbox))  # what came before anybody waited rang for nobody
        elsewhere.look()
        until(lambda: not elsewhere.waiters[inbox.pk].is_alive())

        looked_later(inbox)
        mailboxes.deliver(SUPPORT, b"From: jana@home.example\r\n\r\nHello\r\n")
        until(lambda: is_due(inbox))
        assert here.waiters[inbox.pk].is_alive()
    finally:
        here.stop()
        elsewhere.stop()
        Inbox.objects.update(state=Inbox.State.DISCONNECTED)
        mailboxes.process.terminate()
        for waiter in here.waiters.values():
            waiter.join(20)

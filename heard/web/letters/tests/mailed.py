"""A mail of Jana's, taken in and cleaned as the jobs do it."""

from __future__ import annotations

from datetime import datetime

from heard.inboxes.models import Inbox
from heard.ingest.letters import clean_letters
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_in
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests.cast import NOON

HEAD = (
    "From: Jana <jana@home.example>\r\nTo: support@acme.example\r\nSubject: Where is my parcel?\r\n"
    "Message-ID: <one@home.example>\r\nCc: Petr <petr@home.example>, support@acme.example\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
)


def a_mailbox(agent: Agent) -> Inbox:
    return Inbox.objects.create(
        workspace=agent.workspace,
        channel="email",
        account="support@acme.example",
        name="Support",
        created_at=NOON,
    )


def a_letter(mailbox: Inbox, html: str, *, now: datetime = NOON) -> Message:
    RawCall.objects.create(
        workspace=mailbox.workspace,
        inbox=mailbox,
        headers={"x-mailbox": mailbox.account},
        body=(HEAD + html).encode(),
        received_at=now,
    )
    while take_in(now=now):
        pass
    clean_letters(mailbox)
    assert not LedgerLine.objects.exclude(place="message").exists()
    return Message.objects.select_related("ticket").get(external_id="one@home.example")

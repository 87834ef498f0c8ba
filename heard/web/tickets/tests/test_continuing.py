from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heard.contacts.models import Claim
from heard.inboxes.models import Inbox
from heard.tickets.models import CallBack, Draft, Message, Thread
from heard.tickets.numbers import public_number
from heard.workspaces.models import Agent, Workspace
from tests.cast import Network, a_ticket
from tests.mailbox import a_mailbox, mailboxes

HTMX = {"HX-Request": "true"}
JANA = "jana@example.com"


@pytest.fixture
def mailbox(acme: Workspace) -> Iterator[Inbox]:
    with mailboxes():
        yield a_mailbox(acme)


def test_going_on_by_mail_offers_a_word_and_a_further_way(
    messenger: Network, mailbox: Inbox, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    address = f"/tickets/{ticket.number}"
    assert 'id="menu-continue"' in of_bea.get(address).text

    shown = of_bea.post(f"{address}/continue", {"address": JANA, "inbox": mailbox.pk}, headers=HTMX)

    number = public_number(ticket.workspace, ticket.number)
    thread = Thread.objects.get(identity__address=JANA)
    assert f"We go on with this by e-mail. Look for a mail from us with the number {number}." in shown.text
    assert not Message.objects.filter(direction="out").exists()
    assert f"By e-mail to {JANA}" in shown.text
    assert "goes on by e-mail to jana@example.com" in shown.text
    # The mail begins with what it is about, and with a warning.
    mail = of_bea.get(f"{address}?mode=private&via={thread.pk}").text
    assert f"We go on here with what you wrote to us by Messenger. Your number is {number}." in mail
    assert f'name="via" value="{thread.pk}"' in mail
    assert "It is not confirmed" in mail


def test_the_answer_goes_by_the_way_that_was_chosen(
    messenger: Network, mailbox: Inbox, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    address = f"/tickets/{ticket.number}"
    of_bea.post(f"{address}/continue", {"address": JANA, "inbox": mailbox.pk})
    thread = Thread.objects.get(identity__address=JANA)
    draft = {"mode": "private", "text": "Please send", "version": "0", "via": thread.pk}
    of_bea.post(f"{address}/draft", draft)
    # A page opened anew remembers by which way it was being written.
    assert f'name="via" value="{thread.pk}"' in of_bea.get(address).text
    assert f'name="via" value="{thread.pk}"' not in of_bea.get(f"{address}?mode=private&usual=yes").text

    of_bea.post(f"{address}/reply", {"mode": "private", "text": "Please send it.", "via": thread.pk})

    sent = Message.objects.get(direction="out")
    assert (sent.inbox, sent.thread, sent.kind) == (mailbox, thread, "email")
    assert not Draft.objects.exists()
    # Taken back, it is a mail that is being written, as before.
    of_bea.post(f"{address}/messages/{sent.pk}/cancel")
    assert Draft.objects.get().via == thread


def test_a_code_is_written_into_the_mail_and_sent_by_the_agent(
    messenger: Network, mailbox: Inbox, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    address = f"/tickets/{ticket.number}"
    of_bea.post(f"{address}/continue", {"address": JANA, "inbox": mailbox.pk})
    claim = Claim.objects.get()

    of_bea.post(f"{address}/claims/{claim.pk}/code", headers=HTMX)

    draft = Draft.objects.get()
    found = re.search(r"\d{6}", draft.text)
    assert found
    assert draft.via
    assert draft.via.inbox == mailbox
    assert not Message.objects.filter(direction="out").exists()
    messenger.direct(f"The code is {found[0]}")
    assert Claim.objects.get().proved_at
    page = of_bea.get(address).text
    assert f"{JANA} is confirmed" in page
    again = of_bea.post(f"{address}/claims/{claim.pk}/code")
    assert again.status_code == 404


def test_what_does_not_work_is_said(messenger: Network, mailbox: Inbox, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    address = f"/tickets/{ticket.number}"
    for given, status in (
        ({"address": "jana", "inbox": mailbox.pk}, 422),
        ({"address": JANA, "inbox": messenger.inbox.pk}, 422),
        ({"address": JANA, "inbox": "x"}, 404),
    ):
        assert of_bea.post(f"{address}/continue", given, headers=HTMX).status_code == status
    for given in ({"number": "x", "at": "2090-01-01T10:00"}, {"number": "+420601123456", "at": "x"}):
        assert of_bea.post(f"{address}/call-back", given, headers=HTMX).status_code == 422
    assert not Thread.objects.filter(identity__isnull=False).exists()


def test_a_promised_call_is_shown_and_ended(messenger: Network, bea: Agent, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said="Call me", direct=True)
    address = f"/tickets/{ticket.number}"
    at = (timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")

    of_bea.post(f"{address}/call-back", {"number": "+420 601 123 456", "at": at, "note": "The bill"})

    row = CallBack.objects.get()
    page = of_bea.get(address).text
    assert "promised a call to +420 601 123 456" in page
    assert "The bill" in page
    assert f'id="t{ticket.pk}"' in of_bea.get("/tickets?folder=call-backs").text
    missed = of_bea.post(f"{address}/call-backs/{row.pk}", {"result": "missed"}, headers=HTMX)
    assert missed.status_code == 422
    of_bea.post(f"{address}/call-backs/{row.pk}", {"result": "done"})
    assert f'id="t{ticket.pk}"' not in of_bea.get("/tickets?folder=call-backs").text

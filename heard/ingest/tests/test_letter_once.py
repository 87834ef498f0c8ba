"""One letter to several mailboxes of ours is one message; another letter with the same id is another message."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta

import pytest
from django.db import connection

from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_in
from heard.tickets.letters import everybody_else
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Workspace
from tests.cast import NOON, a_workspace, an_agent

_calls = itertools.count()


def mailbox(workspace: Workspace, name: str) -> Inbox:
    inbox = Inbox.objects.create(
        workspace=workspace, channel="email", account=f"{name}@acme.example", name=name, created_at=NOON
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    return inbox


def bring(inbox: Inbox, text: str = "Where is my parcel?", **headers: str) -> None:
    """As the mailbox's own server had it: with headers that no other copy has."""
    told = {
        "From": "Jana <jana@home.example>",
        "Message-ID": "<one@home.example>",
        "Subject": "Parcel",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    RawCall.objects.create(
        workspace=inbox.workspace,
        inbox=inbox,
        headers={"x-mailbox": inbox.account, "x-received-at": NOON.isoformat()},
        body=f"Received: by {next(_calls)}.acme.example\r\n{head}\r\n{text}\r\n".encode(),
    )


def take() -> None:
    while take_in(now=NOON):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("order", [("support", "sales"), ("sales", "support")])
def test_the_mailbox_named_first_has_the_ticket_in_whatever_order_the_copies_come(
    order: tuple[str, str],
) -> None:
    acme = a_workspace("Acme")
    boxes = {name: mailbox(acme, name) for name in ("support", "sales")}
    both = {"To": "Support <support+news@acme.example>, petr@home.example", "Cc": "sales@acme.example"}
    for name in order:
        bring(boxes[name], **both)
        take()
    bring(boxes["sales"], **both)  # and once more
    take()

    [message] = Message.objects.all()
    assert message.inbox == message.ticket.inbox == message.thread.inbox == boxes["support"]
    assert [one["address"] for one in message.copies if one.get("ours")] == ["sales@acme.example"]
    assert [one.address for one in everybody_else(message)] == ["petr@home.example"]
    assert LedgerLine.objects.exclude(place="message").count() == 0


@pytest.mark.django_db
def test_a_copy_that_came_without_being_named_is_noted() -> None:
    acme = a_workspace("Acme")
    support, sales = mailbox(acme, "support"), mailbox(acme, "sales")
    for inbox in (sales, support):
        bring(inbox, To="everybody@acme.example")
        take()

    [message] = Message.objects.all()
    assert message.inbox == sales
    assert message.copies[-1] == {"address": "support@acme.example", "name": "", "ours": True}


@pytest.mark.django_db
def test_workspaces_and_mailboxes_that_are_gone_have_no_part_in_it() -> None:
    acme, other = a_workspace("Acme"), a_workspace("Other")
    support, sales = mailbox(acme, "support"), mailbox(acme, "sales")
    theirs = mailbox(other, "support")
    Inbox.objects.filter(pk=support.pk).update(state=Inbox.State.DISCONNECTED)
    for inbox in (sales, theirs):
        bring(inbox, To="support@acme.example, sales@acme.example")
        take()

    assert {message.inbox for message in Message.objects.all()} == {sales, theirs}


@pytest.mark.django_db
def test_an_id_alone_makes_no_two_letters_one() -> None:
    acme = a_workspace("Acme")
    support, sales = mailbox(acme, "support"), mailbox(acme, "sales")
    for _twice in range(2):
        bring(support, "First")
        bring(support, "Second")
        bring(support, "First", From="Eve <eve@home.example>")
        take()
        bring(sales, "Third")
        take()

    said = Message.objects.values_list("text", "author__address", "inbox__name")
    assert sorted(said) == [
        ("First", "eve@home.example", "support"),
        ("First", "jana@home.example", "support"),
        ("Second", "jana@home.example", "support"),
        ("Third", "jana@home.example", "sales"),
    ]


@pytest.mark.django_db
def test_our_answer_to_another_mailbox_of_ours_opens_no_ticket() -> None:
    acme = a_workspace("Acme")
    support, sales = mailbox(acme, "support"), mailbox(acme, "sales")
    bring(support, To="support@acme.example")
    take()
    ours = reply(
        Ticket.objects.get(), text="It left.", by=an_agent(acme, "Bea"), now=NOON + timedelta(hours=1)
    )
    Message.objects.filter(pk=ours.pk).update(external_id="t1.abc@acme.example")
    bring(sales, "It left.", **{"From": "support@acme.example", "Message-ID": "<t1.abc@acme.example>"})
    bring(sales, "By hand", **{"From": "support@acme.example", "Message-ID": "<hand@acme.example>"})
    take()

    assert sorted(Message.objects.filter(inbox=sales).values_list("text", flat=True)) == ["By hand"]
    assert LedgerLine.objects.get(place="ignored").reason == "Our own mail came back."


@pytest.mark.django_db(transaction=True)
def test_copies_that_come_at_the_same_moment_are_one_ticket() -> None:
    acme = a_workspace("Acme")
    boxes = [mailbox(acme, name) for name in ("support", "sales")]
    for number in range(8):
        for inbox in boxes:
            id = {"Message-ID": f"<{number}@home.example>"}
            first, second = ("support", "sales") if number % 2 else ("sales", "support")
            bring(inbox, f"Part {number}", To=f"{first}@acme.example, {second}@acme.example", **id)
    ready = threading.Barrier(2)

    def work() -> None:
        ready.wait()
        take()
        connection.close()

    workers = [threading.Thread(target=work) for _ in boxes]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)

    assert not RawCall.objects.filter(taken_in_at=None).exists()
    said = Message.objects.order_by("external_id").values_list("text", "inbox__name")
    assert list(said) == [(f"Part {n}", "support" if n % 2 else "sales") for n in range(8)]
    assert Ticket.objects.count() == 8

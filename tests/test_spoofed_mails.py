"""Whoever forges a mail gets a ticket of their own: nobody else's conversation, no seat in it, no word of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.models import RawCall
from heard.ingest.take_in import take_in
from heard.tickets.letters import everybody_else, subject_of
from heard.tickets.marks import mark_of
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, a_workspace, an_agent

pytestmark = pytest.mark.django_db
JANA, EVE = "jana@home.example", "eve@evil.example"
PASSED = "mx.acme.example; dmarc=pass header.from="


@dataclass
class Desk:
    """A mailbox in which Jana was answered. `mark` proves that conversation."""

    inbox: Inbox
    bea: Agent
    count: int = 0
    ticket: Ticket = field(init=False)
    answer: Message = field(init=False)
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        self.ticket = self.comes(From=f"Jana <{JANA}>", Authentication_Results=f"{PASSED}home.example").ticket
        self.answer = reply(self.ticket, text="It left.", by=self.bea, now=NOON + timedelta(minutes=1))
        self.mark = mark_of(self.answer.thread)
        local, domain = self.inbox.account.split("@")
        Message.objects.filter(pk=self.answer.pk).update(external_id=f"{self.mark}.abc@{domain}")
        self.answer.refresh_from_db()
        self.reply_to = f"{local}+{self.mark}@{domain}"

    def comes(self, text: str = "Hello", **headers: str) -> Message:
        self.count += 1
        id = f"{self.inbox.pk}.{self.count}@home.example"
        told = {"To": self.inbox.account, "Subject": "Where?", "Message-ID": f"<{id}>", **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
        RawCall.objects.create(
            workspace=self.inbox.workspace,
            inbox=self.inbox,
            headers={
                "x-mailbox": self.inbox.account,
                "x-trusted-hosts": "mx.acme.example",
                "x-received-at": NOON.isoformat(),
            },
            body=f"{head}\r\n{text} {self.count}\r\n".encode(),
        )
        while take_in(now=NOON):
            pass
        return Message.objects.select_related("ticket", "author").get(external_id=id)


def a_desk(name: str) -> Desk:
    workspace: Workspace = a_workspace(name)
    inbox = Inbox.objects.create(
        workspace=workspace, channel="email", account=f"support@{name.lower()}.example", created_at=NOON
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    return Desk(inbox, an_agent(workspace, "Bea"))


@pytest.fixture
def acme() -> Desk:
    return a_desk("Acme")


def evidence(desk: Desk) -> dict[str, dict[str, str]]:
    """All that points at the conversation, each alone and everything together."""
    alone = {
        "reply address": {"To": desk.reply_to},
        "where it was delivered": {"Delivered_To": desk.reply_to},
        "what it answers": {"In_Reply_To": f"<{desk.answer.external_id}>"},
        "references": {"References": f"<x@y> <{desk.answer.external_id}>"},
        "number with its proof": {"Subject": subject_of(desk.ticket)},
    }
    return {**alone, "all of it": {name: value for one in alone.values() for name, value in one.items()}}


def test_no_evidence_lets_a_stranger_into_a_conversation(acme: Desk) -> None:
    before = acme.ticket.messages.count()
    strangers = (
        f"Eve <{EVE}>",
        f'"{JANA}" <{EVE}>',
        f"{JANA} <{EVE}>",
        f"=?utf-8?q?Jana_=3Cjana=40home=2Eexample=3E?= <{EVE}>",
        "Jana <jana@hоme.example>",  # a Cyrillic o
        "Jana <jana@xn--hme-tcd.example>",
        f"Jana <{JANA}.evil.example>",
        f"Jana <{JANA}>, Eve <{EVE}>",
        f"Jana <{JANA}> <{EVE}>",
        f"{JANA}\x00@evil.example",
        "Bea <bea@acme.example>",  # an agent
        f"Acme Support <{acme.inbox.account}>",
    )
    for sender in strangers:
        for what, headers in evidence(acme).items():
            came = acme.comes(From=sender, **headers)
            assert came.ticket != acme.ticket, (sender, what)
            assert came.agent is None
            assert not came.verified
    assert acme.ticket.messages.count() == before
    known = {one.address for message in acme.ticket.messages.all() for one in everybody_else(message)}
    assert known == set()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sender": f"Jana <{JANA}>"},
        {"Return_Path": f"<{JANA}>"},
        {"Reply_To": f"Jana <{JANA}>"},
        {"X_Original_From": JANA},
        {"Cc": JANA},
        {"X_Heard_Loop": "somebody@else.example"},
        {"Authentication_Results": f"{PASSED}home.example"},
        {"Authentication_Results": "mx.acme.example.evil.example; dmarc=pass header.from=evil.example"},
        {"ARC_Authentication_Results": "i=1; mx.acme.example; dmarc=pass header.from=evil.example"},
    ],
)
def test_other_headers_speak_for_nobody(acme: Desk, headers: dict[str, str]) -> None:
    came = acme.comes(From=f"Eve <{EVE}>", In_Reply_To=f"<{acme.answer.external_id}>", **headers)
    assert came.ticket != acme.ticket
    assert came.verified is False


def test_a_proof_of_another_workspace_or_a_made_up_one_names_nothing(acme: Desk) -> None:
    other = a_desk("Other")
    marks = (
        other.mark,
        acme.mark[:-1] + ("2" if acme.mark[-1] != "2" else "3"),
        acme.mark.split(".")[0] + ".aaaaaaaaaaaaaaaa",
    )
    for mark in marks:
        came = acme.comes(From=f"Jana <{JANA}>", To=f"support+{mark}@acme.example", Subject="New")
        assert came.ticket.follows is None, mark
        assert came.ticket not in (acme.ticket, other.ticket)
    came = acme.comes(From=f"Jana <{JANA}>", In_Reply_To=f"<{other.answer.external_id}>", Subject="New")
    assert came.ticket.workspace == acme.inbox.workspace
    assert came.ticket.follows is None
    bare = f"Re: [{subject_of(acme.ticket).rpartition('[')[2].rpartition('-')[0]}]"
    assert acme.comes(From=f"Jana <{JANA}>", Subject=bare).ticket != acme.ticket  # a number without its proof


def test_an_unproved_mail_brings_nobody_in(acme: Desk) -> None:
    """With Jana's address and a known Message-ID it joins, as not verified. Whom it copies does not."""
    forged = acme.comes(From=f"Jana <{JANA}>", Cc=EVE, In_Reply_To=f"<{acme.answer.external_id}>")
    assert forged.ticket == acme.ticket
    assert forged.verified is False
    assert acme.comes(From=f"Eve <{EVE}>", References=f"<{forged.external_id}>").ticket != acme.ticket

"""From a customer's words on X to an answer that stands there, over real HTTP on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.look import look_at
from heard.ingest.models import LedgerLine, Look
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.reply import reply
from heard.tickets.route import NoWay
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent, reloaded
from tests.front import running_front


@dataclass
class Desk:
    sandbox: Running
    inbox: Inbox
    bea: Agent

    def hears(self) -> None:
        self.sandbox.settled("x")
        calls.take_all(now=timezone.now())

    def ticket_of(self, external_id: str) -> Ticket:
        return Message.objects.get(inbox=self.inbox, external_id=external_id).ticket

    def answers(self, ticket: Ticket, text: str, **how: Any) -> Message:
        message = reply(ticket, text=text, by=self.bea, now=timezone.now(), **how)
        assert deliver_next(self.inbox, now=timezone.now() + timedelta(seconds=10))
        return reloaded(message)


@pytest.fixture
def desk(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    bea = an_agent(workspace, "Bea")
    with running_sandbox() as sandbox, running_front() as door:
        given = sandbox.credentials("x") | {"told_by": getattr(request, "param", "hooks")}
        inbox = connect(
            workspace,
            slug="x",
            credentials=channel("x").credentials.model_validate(given),
            by=bea,
            now=timezone.now(),
            public_url=door.url,
            history_days=0,
        )
        yield Desk(sandbox, inbox, bea)


def test_a_mention_is_answered_in_public_and_in_private(desk: Desk) -> None:
    mention = desk.sandbox.say("x", by="jana", text="where is my parcel?")
    desk.hears()
    ticket = desk.ticket_of(mention)
    public = desk.answers(ticket, "We are looking, see example.com/help")
    assert public.delivery == Delivery.SENT
    desk.hears()
    [standing] = desk.sandbox.state("x")["comments"]
    assert (standing["id"], standing["parent"]) == (public.external_id, mention)

    private = desk.answers(ticket, "Your order 5521 left today", private=True)
    assert private.delivery == Delivery.SENT
    desk.hears()
    thanks = desk.sandbox.say("x", by="jana", kind="direct", text="Thanks")
    desk.hears()
    assert desk.ticket_of(thanks) == ticket
    assert Message.objects.filter(inbox=desk.inbox).count() == 4
    assert not LedgerLine.objects.filter(inbox=desk.inbox, place__in=("ignored", "quarantined", "parked"))


def test_who_did_not_call_us_cannot_be_answered_in_public(desk: Desk) -> None:
    said = desk.sandbox.say("x", by="jana", kind="reply", text="never again", unnamed=True)
    desk.hears()
    with pytest.raises(NoWay):
        desk.answers(desk.ticket_of(said), "Sorry")
    assert desk.answers(desk.ticket_of(said), "Sorry", private=True).delivery == Delivery.SENT


@pytest.mark.parametrize("desk", ["polling"], indirect=True)
def test_without_hooks_x_is_asked(desk: Desk) -> None:
    mention = desk.sandbox.say("x", by="jana", text="hello")
    direct = desk.sandbox.say("x", by="emma", kind="direct", text="psst")
    Look.objects.get_or_create(
        inbox=desk.inbox,
        query=None,
        defaults={"workspace_id": desk.inbox.workspace_id, "due_at": timezone.now()},
    )
    assert look_at(desk.inbox, now=timezone.now() + timedelta(minutes=2)) == 1
    desk.hears()
    assert desk.answers(desk.ticket_of(mention), "Hi").delivery == Delivery.SENT
    assert desk.answers(desk.ticket_of(direct), "Hi").delivery == Delivery.SENT

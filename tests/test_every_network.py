"""The main job on every network that Heard speaks with: connected, asked, answered, nothing lost, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
import pytest
from django.utils import timezone

from heard.channels.registry import CHANNELS, channel
from heard.inboxes.connect import connect, disconnect
from heard.inboxes.models import Inbox, InboxSecret
from heard.ingest.models import LedgerLine
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Delivery, Message, State
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front

ANSWER = "It left us this morning."


@dataclass
class Desk:
    """An account of one network, connected over real HTTP."""

    sandbox: Running
    inbox: Inbox
    bea: Agent
    url: str

    def asked(self, text: str, *, by: str = "jana") -> Message:
        id = self.sandbox.say(self.inbox.channel, by=by, text=text)
        self.hears()
        return Message.objects.get(external_id=id)

    def hears(self) -> None:
        self.sandbox.settled(self.inbox.channel)
        calls.take_all(now=timezone.now())

    def says(self, text: str) -> bool:
        """Does the network hold these words?"""
        return text in json.dumps(self.sandbox.state(self.inbox.channel))


@pytest.fixture
def desk(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea", Agent.Role.ADMIN)
    with running_sandbox() as sandbox, running_front() as door:
        given = channel(request.param).credentials.model_validate(sandbox.credentials(request.param))
        inbox = connect(
            workspace,
            slug=request.param,
            credentials=given,
            by=bea,
            now=timezone.now(),
            public_url=door.url,
        )
        yield Desk(sandbox, inbox, bea, door.url)


everywhere = pytest.mark.parametrize("desk", list(CHANNELS), indirect=True)


@everywhere
def test_what_a_customer_says_is_a_ticket_and_the_answer_is_at_the_network(desk: Desk) -> None:
    asked = desk.asked("Πού είναι το δέμα μου; 📦")
    assert asked.text.endswith("Πού είναι το δέμα μου; 📦")  # some networks want our name before it
    assert asked.author is not None

    answer = reply(asked.ticket, text=ANSWER, by=desk.bea, now=timezone.now())
    assert deliver_next(desk.inbox, now=timezone.now())
    desk.hears()  # the echo, where the network sends one

    answer.refresh_from_db()
    assert answer.delivery in {Delivery.SENT, Delivery.DELIVERED, Delivery.READ}, answer.delivery_reason
    assert desk.says(ANSWER)
    asked.ticket.refresh_from_db()
    assert asked.ticket.state == State.ANSWERED
    assert Message.objects.filter(inbox__workspace=desk.inbox.workspace).count() == 2


@everywhere
def test_nothing_the_network_tells_is_ignored_or_quarantined(desk: Desk) -> None:
    for person in ("jana", "petros", "ana"):
        desk.asked("Where is my parcel?", by=person)

    bad = LedgerLine.objects.exclude(place__in=["message", "ours", "update"])
    assert list(bad.values_list("fact", "place", "reason")) == []


@everywhere
def test_what_is_told_twice_and_out_of_order_is_there_once(desk: Desk) -> None:
    desk.sandbox.faults(desk.inbox.channel, duplicate=1.0, reorder=True)
    for number in range(6):
        desk.sandbox.say(desk.inbox.channel, by="jana", text=f"Part {number}")
    desk.hears()

    said = sorted(text[-6:] for text in Message.objects.values_list("text", flat=True))
    assert said == [f"Part {number}" for number in range(6)]


@everywhere
def test_an_unsigned_call_is_turned_away(desk: Desk) -> None:
    path = f"{desk.url}/hooks/{desk.inbox.channel}/{desk.inbox.key}"
    assert httpx2.post(path, json={"object": "page", "entry": []}).status_code == 401


@everywhere
def test_disconnecting_destroys_the_credentials_and_keeps_the_tickets(desk: Desk) -> None:
    asked = desk.asked("Where is my parcel?")

    disconnect(desk.inbox, by=desk.bea, now=timezone.now(), public_url=desk.url)

    assert not InboxSecret.objects.filter(inbox=desk.inbox).exists()
    assert Message.objects.filter(pk=asked.pk).exists()

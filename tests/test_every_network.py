"""The main job on every network that Heard speaks with: connected, asked, answered, nothing lost, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import pytest
from django.utils import timezone

from heard.channels.contract import Kind
from heard.channels.registry import CHANNELS, channel
from heard.inboxes.connect import connect, disconnect, reconnect
from heard.inboxes.models import Inbox, InboxSecret
from heard.inboxes.renew import renew_due
from heard.ingest.models import LedgerLine
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Delivery, Message, State
from heard.tickets.reply import ReplyStopped, reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front

ANSWER = "It left us this morning."
GREEK_ANSWER = "Έφυγε από εμάς σήμερα το πρωί."
# Where the network tells of edits, and where of deletions: Telegram tells bots of none, Viber and X of neither.
TAKEN_BACK = ("facebook", "messenger", "instagram", "whatsapp")
EDITED = (*TAKEN_BACK, "telegram")


@dataclass
class Desk:
    """An account of one network, connected over real HTTP."""

    sandbox: Running
    inbox: Inbox
    bea: Agent
    url: str

    def asked(self, text: str, *, by: str = "jana", **how: str) -> Message:
        id = self.sandbox.say(self.inbox.channel, by=by, text=text, **how)
        self.hears()
        return Message.objects.get(external_id=id)

    def hears(self) -> None:
        self.sandbox.settled(self.inbox.channel, seconds=30)
        calls.take_all(now=timezone.now())

    def state(self) -> str:
        self.inbox.refresh_from_db()
        return self.inbox.state

    def says(self, text: str) -> bool:
        """Does the network show these words to anybody?"""
        held = {**self.sandbox.state(self.inbox.channel), "calls": []}
        return text in json.dumps(held, ensure_ascii=False)


@pytest.fixture
def desk(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea", Agent.Role.ADMIN)
    # What a mail service brings is taken by a page; the other networks call the edge.
    with running_sandbox() as sandbox, running_front(pages=request.param == "email") as door:
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


# Those that the sandbox plays: what Heard holds itself is no network.
NETWORKS = [slug for slug, one in CHANNELS.items() if not one.made_here and not one.abilities.instant]
everywhere = pytest.mark.parametrize("desk", NETWORKS, indirect=True)


@everywhere
def test_what_a_customer_says_is_a_ticket_and_the_answer_is_at_the_network(desk: Desk) -> None:
    asked = desk.asked("Πού είναι το δέμα μου; 📦")
    assert asked.text.endswith("Πού είναι το δέμα μου; 📦")  # some networks want our name before it
    assert asked.author is not None

    answer = reply(asked.ticket, text=GREEK_ANSWER, by=desk.bea, now=timezone.now())
    assert deliver_next(desk.inbox, now=timezone.now())
    desk.hears()  # the echo, where the network sends one

    answer.refresh_from_db()
    assert answer.delivery in {Delivery.SENT, Delivery.DELIVERED, Delivery.READ}, answer.delivery_reason
    assert desk.says(GREEK_ANSWER)
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


@pytest.mark.parametrize(
    ("desk", "kind"),
    [(slug, "comment" if slug == "facebook" else "direct") for slug in EDITED],
    indirect=["desk"],
)
def test_a_customer_changes_and_takes_back_their_words(desk: Desk, kind: str) -> None:
    network = desk.inbox.channel
    asked = desk.asked("Where is my parcel?", kind=kind)
    desk.sandbox.edit(network, asked.external_id, "Where is my red parcel?")
    desk.hears()
    asked.refresh_from_db()
    assert asked.text == "Where is my red parcel?"
    assert asked.versions.get().text == "Where is my parcel?"

    if network in TAKEN_BACK:
        desk.sandbox.delete(network, asked.external_id)
        desk.hears()
        asked.refresh_from_db()
        assert asked.removed_at is not None
        assert asked.text == "Where is my red parcel?"  # we still see what was said


@everywhere
def test_a_longer_answer_than_the_network_takes_does_not_leave(desk: Desk) -> None:
    asked = desk.asked("Where is my parcel?")
    limit = desk.inbox.abilities.text_limits[Kind(asked.kind)]

    with pytest.raises(ReplyStopped) as stopped:
        reply(asked.ticket, text="a" * (limit + 1), by=desk.bea, now=timezone.now())
    assert [finding.check for finding in stopped.value.findings] == ["length"]

    reply(asked.ticket, text="a" * limit, by=desk.bea, now=timezone.now())


@everywhere
def test_when_the_access_dies_the_answer_waits_and_leaves_after_reconnecting(desk: Desk) -> None:
    asked = desk.asked("Where is my parcel?")
    desk.sandbox.control(f"{desk.inbox.channel}/revoke", {})
    reply(asked.ticket, text=ANSWER, by=desk.bea, now=timezone.now())
    later = timezone.now()
    while desk.state() == Inbox.State.CONNECTED:
        assert later < timezone.now() + timedelta(hours=3), "nobody was told to reconnect"
        deliver_next(desk.inbox, now=later)
        renew_due(now=later)
        later += timedelta(minutes=20)
    assert not desk.says(ANSWER)

    given = channel(desk.inbox.channel).credentials.model_validate(
        desk.sandbox.credentials(desk.inbox.channel)
    )
    reconnect(desk.inbox, credentials=given, by=desk.bea, now=timezone.now(), public_url=desk.url)
    assert deliver_next(desk.inbox, now=later)
    assert desk.says(ANSWER)


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

"""What further networks need, against their simulated twins: files on asking, a first word in the hook's answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from heard.channels.registry import channel
from heard.inboxes.connect import connect, disconnect
from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.fetch import fetch_for
from heard.ingest.listen import Stream, groups
from heard.ingest.models import LedgerLine, Look, RawCall, Reconciliation
from heard.ingest.queries import add_query
from heard.ingest.reconcile import begin, reconcile
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Attachment, Message
from heard.workspaces.models import Agent
from tests.calls import take_all
from tests.cast import a_workspace, an_agent
from tests.front import Door, until


@dataclass
class Networks:
    sandbox: Running
    door: Door
    ann: Agent

    def connect(self, slug: str, **more: Any) -> Inbox:
        told = self.sandbox.credentials(slug) | more
        return connect(
            self.ann.workspace,
            slug=slug,
            credentials=channel(slug).credentials.model_validate(told),
            by=self.ann,
            now=timezone.now(),
            public_url=self.door.url,
        )

    def hears(self, slug: str) -> None:
        self.sandbox.settled(slug)
        take_all(now=timezone.now())


@pytest.fixture
def networks(door: Door) -> Iterator[Networks]:
    with running_sandbox() as sandbox:
        yield Networks(sandbox, door, an_agent(a_workspace(), "Ann", Agent.Role.ADMIN))


def test_a_picture_without_an_address_is_asked_for_and_kept(
    networks: Networks, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    inbox = networks.connect("whatsapp")
    networks.sandbox.say("whatsapp", by="jana", media=[{"kind": "image"}])
    networks.hears("whatsapp")

    fetch_for(inbox)

    picture = Attachment.objects.get()
    assert (picture.state, picture.url) == (Attachment.State.STORED, "")
    assert picture.size


def test_whoever_looks_in_is_welcomed(networks: Networks) -> None:
    networks.connect("viber", welcome="Dobrý den")

    networks.sandbox.control("viber/open", {"as": "jana"})
    networks.hears("viber")

    [welcome] = networks.sandbox.state("viber")["directs"]
    assert (welcome["text"], welcome["by"]) == ("Dobrý den", "welcome")


def test_what_x_streams_is_taken_in(networks: Networks) -> None:
    inbox = networks.connect("x")
    query = add_query(inbox, name="Boots", text="boots", by=networks.ann, now=timezone.now())
    stream = Stream(next(iter(groups())), threading.Event())
    stream.start()
    try:
        until(lambda: Look.objects.filter(query=query).exclude(live_until=None).exists())
        networks.sandbox.say("x", by="jana", kind="post", text="Where do I get good boots?")
        until(lambda: RawCall.objects.filter(inbox=inbox).exists())
    finally:
        stream.stopping.set()
    take_all(now=timezone.now())

    assert Message.objects.get(inbox=inbox).remark == "Boots"


def test_accounts_of_one_x_app_share_its_only_hook_and_hand_it_over(networks: Networks) -> None:
    sandbox = networks.sandbox
    sandbox.control("x/limits", {"webhooks": 1})
    first = networks.connect("x")
    pages = [sandbox.control("x/page", {"name": name})["id"] for name in ("Acme Tools", "Acme Toys")]
    others = [networks.connect("x", **sandbox.credentials("x", page=page)) for page in pages]

    [hook] = sandbox.state("x", only="webhooks")["webhooks"]
    assert hook["url"].endswith(first.key)
    disconnect(first, by=networks.ann, now=timezone.now(), public_url=networks.door.url)

    [hook] = sandbox.state("x", only="webhooks")["webhooks"]
    assert hook["url"].endswith(others[1].key)
    for page, inbox in zip(pages, others, strict=True):
        sandbox.say("x", by="jana", kind="direct", text="Hello", page=page)
        networks.hears("x")
        assert Message.objects.get(inbox=inbox).text == "Hello"
        assert not InboxHealth.objects.filter(inbox=inbox, subscribed=False).exists()


def test_after_an_outage_x_calls_again(networks: Networks) -> None:
    inbox = networks.connect("x")
    while reconcile(inbox, now=timezone.now()):
        take_all(now=timezone.now())
    take_all(now=timezone.now())
    ours = networks.sandbox.state("x", only="posts")["posts"][-1]["id"]
    networks.sandbox.faults("x", drop=1)
    networks.sandbox.control("x/react", {"id": ours, "as": "jana", "reaction": "like"})
    networks.sandbox.settled("x")
    networks.sandbox.faults("x")

    begin(inbox, reason=Reconciliation.Reason.OUTAGE, now=timezone.now())
    reconcile(inbox, now=timezone.now())
    networks.hears("x")

    assert LedgerLine.objects.filter(inbox=inbox, fact="Reaction").exists()

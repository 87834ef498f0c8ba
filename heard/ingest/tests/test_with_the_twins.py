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
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.fetch import fetch_for
from heard.ingest.listen import Stream, groups
from heard.ingest.models import Look, RawCall
from heard.ingest.queries import add_query
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

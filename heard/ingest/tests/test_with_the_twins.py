"""What further networks need, against their simulated twins: files on asking, a first word in the hook's answer."""

from __future__ import annotations

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
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Attachment
from heard.workspaces.models import Agent
from tests.calls import take_all
from tests.cast import a_workspace, an_agent
from tests.front import Door


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

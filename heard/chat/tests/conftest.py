from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.chat.models import Widget
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, Workspace
from tests.cast import a_workspace, an_agent
from tests.front import Door, running_front

SITE = "https://shop.example"


@dataclass
class Browser:
    """Somebody's browser on the shop's site: what the window's script does, without a window."""

    url: str
    inbox: Inbox
    origin: str = SITE
    token: str = ""
    told: dict[str, object] = field(default_factory=dict)

    def call(
        self, verb: str, body: object = None, *, method: str = "POST", **headers: str
    ) -> httpx2.Response:
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        with httpx2.Client(trust_env=False, timeout=15) as client:
            return client.request(
                method,
                f"{self.url}/chat/{self.inbox.key}/{verb}",
                json=body if method == "POST" else None,
                headers={
                    "Origin": self.origin,
                    **known,
                    **{k.replace("_", "-"): v for k, v in headers.items()},
                },
            )

    def opens(self, identity: str = "") -> Browser:
        body = {"language": "cs", "page": {"url": f"{SITE}/green?secret=1", "title": "The green one"}}
        answer = self.call("sessions", {**body, **({"identity": identity} if identity else {})})
        assert answer.status_code == 200, answer.text
        self.told = answer.json()
        self.token = str(self.told["token"] or self.token)
        return self

    def says(self, text: str, key: str, **more: object) -> httpx2.Response:
        return self.call("lines", {"key": key, "text": text, **more})


@pytest.fixture
def company(transactional_db: None) -> Workspace:
    return a_workspace("Acme")


@pytest.fixture
def dana(company: Workspace) -> Agent:
    return an_agent(company, "Dana Admin", Agent.Role.ADMIN)


@pytest.fixture
def window(company: Workspace, dana: Agent) -> Inbox:
    return a_window(dana)


def a_window(admin: Agent, name: str = "The shop") -> Inbox:
    credentials = channel("chat").credentials.model_validate({"account": name})
    inbox = connect(
        admin.workspace,
        slug="chat",
        credentials=credentials,
        by=admin,
        now=timezone.now(),
        public_url="http://127.0.0.1:1",
    )
    Widget.objects.filter(inbox=inbox).update(domains=[SITE])
    return inbox


@pytest.fixture
def door(window: Inbox) -> Iterator[Door]:
    with running_front() as door:
        yield door


@pytest.fixture
def visitor(door: Door, window: Inbox) -> Browser:
    return Browser(door.url, window)

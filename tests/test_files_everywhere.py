"""A picture answered on every network that takes one, and a button pressed wherever there are any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from django.utils import timezone

from heard import public_files
from heard.channels.contract import Button, Kind
from heard.channels.registry import CHANNELS, channel
from heard.env import env
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.outbox.deliver import deliver_next
from heard.publishing.tests.paper import a_jpeg, a_png
from heard.sandbox.pages.visitor import COOKIE
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Delivery, Message
from heard.tickets.reply import reply
from heard.uploads.upload import upload
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front
from tests.visitors import plain_static as plain_static

GOT_THERE = {Delivery.SENT, Delivery.DELIVERED, Delivery.READ}


@dataclass
class Desk:
    sandbox: Running
    inbox: Inbox
    bea: Agent

    def asked(self, text: str, **how: Any) -> Message:
        id = self.sandbox.say(self.inbox.channel, by="jana", text=text, **how)
        self.hears()
        return Message.objects.get(external_id=id)

    def hears(self) -> None:
        self.sandbox.settled(self.inbox.channel)
        calls.take_all(now=timezone.now())

    def answers(self, asked: Message, text: str, *files: bytes, **how: Any) -> list[Message]:
        """All messages that the answer went as, at the network by now."""
        ids = [
            upload(name="door.jpg", content=file, alt="Our door", by=self.bea, now=timezone.now()).pk
            for file in files
        ]
        first = reply(asked.ticket, text=text, files=ids, by=self.bea, now=timezone.now(), **how)
        while deliver_next(self.inbox, now=timezone.now()):
            pass
        self.hears()
        return list(
            Message.objects.filter(ticket=asked.ticket, pk__gte=first.pk, direction="out").order_by("pk")
        )

    def shown(self, kind: str) -> list[dict[str, Any]]:
        """What the network has of ours with files, or with buttons."""
        held = self.sandbox.state(self.inbox.channel)
        said = [*held.get("directs", ()), *held.get("comments", ()), *held.get("posts", ())]
        return [one for one in said if _is_ours(one) and one.get(kind)]


def _is_ours(one: dict[str, Any]) -> bool:
    return bool(one.get("from_page") or one.get("by_page") or one.get("ours") or one.get("by") == "api")


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    transactional_db: None,
    plain_static: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea", Agent.Role.ADMIN)
    with running_sandbox() as sandbox, running_front(pages=True) as door:
        reachable = replace(env(), public_url=door.url)
        monkeypatch.setattr(public_files, "env", lambda: reachable)
        given = channel(request.param).credentials.model_validate(sandbox.credentials(request.param))
        inbox = connect(
            workspace,
            slug=request.param,
            credentials=given,
            by=bea,
            now=timezone.now(),
            public_url=door.url,
        )
        yield Desk(sandbox, inbox, bea)


# What the sandbox plays: mailboxes and windows of our own have tests beside them.
TAKES_FILES = [
    slug
    for slug, one in CHANNELS.items()
    if one.abilities.files and slug != "email" and not one.abilities.instant
]


@pytest.mark.parametrize("desk", TAKES_FILES, indirect=True)
def test_a_picture_is_answered_and_a_button_pressed(desk: Desk) -> None:
    can = desk.inbox.abilities
    private = Kind.DIRECT in can.files
    asked = desk.asked("Where is your door?", **({"kind": "direct"} if private else {}))

    sent = desk.answers(asked, "It is this one.", a_jpeg())

    assert {one.delivery for one in sent} <= GOT_THERE, [one.delivery_reason for one in sent]
    ours = Message.objects.filter(ticket=asked.ticket, direction="out")
    assert ours.count() == len(sent), "no echo became a message of its own"
    pictures = [media for one in desk.shown("media") for media in one["media"]]
    # Those that the network itself holds a copy of: other posts may have pictures of the sandbox's own.
    assert [one["kind"] for one in pictures if one["url"].startswith("upload/")] == ["image"], pictures
    asked.ticket.refresh_from_db()
    assert not asked.ticket.is_open

    if can.buttons:
        _press(desk, asked)


def _press(desk: Desk, asked: Message) -> None:
    desk.answers(asked, "Is it this one?", buttons=[Button("Yes, it is"), Button("No")])
    [with_buttons] = desk.shown("buttons")
    assert [one["title"] for one in with_buttons["buttons"]] == ["Yes, it is", "No"]

    seen = httpx2.get(
        f"{desk.sandbox.url}/{desk.inbox.channel}?tab=messages",
        cookies={COOKIE: "jana"},
        trust_env=False,
        follow_redirects=True,
    ).text
    assert ">Yes, it is</button>" in seen, "the customer can press it"

    chosen = with_buttons["buttons"][0]
    if desk.inbox.channel in ("messenger", "instagram"):
        answer = desk.asked(chosen["title"], kind="direct", quick=chosen["payload"])
    else:
        before = set(Message.objects.values_list("pk", flat=True))
        body = {"id": with_buttons["id"], "as": "jana", "payload": chosen["payload"]}
        pressed = httpx2.post(
            f"{desk.sandbox.url}/control/{desk.inbox.channel}/press", json=body, trust_env=False
        )
        assert pressed.status_code == 200, pressed.text
        desk.hears()
        answer = Message.objects.exclude(pk__in=before).get(direction="in")
    assert (answer.text, answer.ticket) == ("Yes, it is", asked.ticket)


@pytest.mark.parametrize("desk", ["facebook", "x"], indirect=True)
def test_a_picture_goes_with_a_private_answer_to_what_was_said_in_public(desk: Desk) -> None:
    kind = {"kind": "mention"} if desk.inbox.channel == "x" else {}
    asked = desk.asked("Where is your door?", **kind)

    sent = desk.answers(asked, "", a_png(), private=True)

    assert [one.delivery in GOT_THERE for one in sent] == [True], sent[0].delivery_reason
    assert sent[0].private_reply

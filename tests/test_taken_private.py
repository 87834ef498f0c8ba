"""Out of the public at real twins: what a customer gives on a safe form is in no call that others could read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.taking_private.take_private import take_private
from heard.taking_private.texts import solved_words
from heard.tickets.models import Message
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front
from tests.visitors import plain_static as plain_static

PLANTED = ("A-10425", "Long Street 5", "jana.novak@gmail.com")
pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture
def bea(transactional_db: None) -> Agent:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    return an_agent(Workspace.objects.get(pk=workspace.pk), "Bea", Agent.Role.ADMIN)


@pytest.fixture(params=["facebook", "instagram"])
def inbox(request: pytest.FixtureRequest, bea: Agent, sandbox: Running) -> Iterator[Inbox]:
    """With the inbox in which the network's private answers arrive, where that is another one."""
    with running_front() as door:

        def connected(slug: str) -> Inbox:
            given = channel(slug).credentials.model_validate(sandbox.credentials(slug))
            now, url = timezone.now(), door.url
            return connect(bea.workspace, slug=slug, credentials=given, by=bea, now=now, public_url=url)

        made = connected(request.param)
        if made.abilities.private_channel not in ("", made.channel):
            connected(made.abilities.private_channel)
        yield made


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running


def test_what_the_customer_gives_is_in_no_call_and_the_link_in_the_private_one_alone(
    inbox: Inbox, bea: Agent, sandbox: Running
) -> None:
    asked = _said_in_public(inbox, sandbox)
    taken = take_private(
        asked.ticket,
        to=asked,
        public_text="I am sorry. I have just written to you in private.",
        private_text="Please tell me the details here.",
        wants=["order_number", "address", "email"],
        by=bea,
        now=timezone.now(),
    )
    _deliver_all(inbox)
    [link] = re.findall(r"/s/[a-z2-7]{32}", taken.private.text)
    answered = Client().post(link, {"order_number": PLANTED[0], "address": PLANTED[1], "email": PLANTED[2]})
    assert "Thank you" in answered.text
    given = Message.objects.get(remark="safe form")
    assert all(one in given.text for one in PLANTED)
    reply(
        given.ticket,
        text="It is on its way again since today.",
        to=given,
        private=True,
        by=bea,
        now=timezone.now(),
    )
    words = solved_words(asked.ticket, asked, by=bea, now=timezone.now())
    reply(asked.ticket, text=words, to=asked, by=bea, now=timezone.now())
    _deliver_all(inbox)

    told = [json.dumps(call, ensure_ascii=False) for call in sandbox.state(inbox.channel)["calls"]]
    sent = [one for one in told if "just written to you" in one or "together in private" in one]
    assert len(sent) == 2, "both public words have to be at the network"
    assert not [one for one in told for planted in PLANTED if planted in one]
    with_link = [one for one in told if link in one]
    assert len(with_link) == 1
    assert "tell me the details here" in with_link[0]


def _said_in_public(inbox: Inbox, sandbox: Running) -> Message:
    under = {"under": sandbox.state(inbox.channel)["posts"][0]["id"]}
    id = sandbox.say(inbox.channel, by="jana", text="My parcel never came", kind="comment", **under)
    sandbox.settled(inbox.channel)
    calls.take_all(now=timezone.now())
    return Message.objects.get(external_id=id)


def _deliver_all(inbox: Inbox) -> None:
    for one in Inbox.objects.filter(workspace=inbox.workspace):
        while deliver_next(one, now=timezone.now()):
            pass

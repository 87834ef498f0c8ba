"""Acme's page at the simulated networks, connected over real HTTP, both of its sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import Door, running_front


@dataclass
class Shop:
    sandbox: Running
    door: Door
    bea: Agent
    facebook: Inbox
    messenger: Inbox

    def hears(self, *networks: str) -> None:
        """Everything that the networks have to tell has been taken in."""
        for network in networks or ("facebook", "messenger"):
            self.sandbox.settled(network)
        calls.take_all(now=timezone.now())

    def asked(self, text: str = "Where is my parcel?", *, by: str = "jana", direct: bool = False) -> Ticket:
        """Somebody writes, and it has come."""
        network = "messenger" if direct else "facebook"
        id = self.sandbox.say(network, by=by, text=text)
        self.hears(network)
        return Message.objects.get(external_id=id).ticket

    def answers(self, ticket: Ticket, text: str = "On its way.", **how: Any) -> Message:
        return reply(ticket, text=text, by=self.bea, now=timezone.now(), **how)

    def sends(self, inbox: Inbox, *, ahead: timedelta = timedelta()) -> int:
        """As the job does, at a time `ahead` of now. Gives how many calls went through."""
        count = 0
        while deliver_next(inbox, now=timezone.now() + ahead):
            count += 1
        return count

    def held(self, network: str, text: str) -> int:
        """How often the network has these words of ours."""
        state = self.sandbox.state(network)
        ours = [one for one in state["comments"] if one["by_page"]]
        ours += [one for one in state["directs"] if one["from_page"]]
        return sum(one["text"] == text for one in ours)

    def called(self, network: str, part: str = "") -> list[dict[str, Any]]:
        """The changing calls that the network got from us."""
        made = self.sandbox.state(network, only="calls")["calls"]
        return [call for call in made if call["method"] != "GET" and part in call["path"]]


@contextmanager
def a_shop(*, pages: bool = False) -> Iterator[Shop]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea")
    with running_sandbox() as sandbox, running_front(pages=pages) as door:
        inboxes = [
            connect(
                workspace,
                slug=slug,
                credentials=channel(slug).credentials.model_validate(sandbox.credentials(slug)),
                by=bea,
                now=timezone.now(),
                public_url=door.url,
            )
            for slug in ("facebook", "messenger")
        ]
        yield Shop(sandbox, door, bea, *inboxes)

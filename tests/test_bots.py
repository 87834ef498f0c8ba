"""A customer writes to a bot, an agent answers, and the answer stands at the network: through the whole product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect, reconnect
from heard.inboxes.models import Inbox
from heard.ingest.fetch import fetch_for
from heard.ingest.look import look_at
from heard.ingest.models import Look
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.like import like
from heard.tickets.models import Attachment, Delivery, Message, Outcome, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import Door, running_front


@dataclass
class Bot:
    """One bot, connected over real HTTP."""

    network: str
    sandbox: Running
    door: Door
    inbox: Inbox
    bea: Agent

    def says(self, text: str = "", **rest: Any) -> Message:
        id = self.sandbox.say(self.network, by="jana", text=text, **rest)
        self.hears()
        return Message.objects.get(external_id=id)

    def hears(self) -> None:
        """By hook, or by asking."""
        self.sandbox.settled(self.network)
        Look.objects.filter(inbox=self.inbox).update(due_at=timezone.now())
        look_at(self.inbox, now=timezone.now())
        calls.take_all(now=timezone.now())

    def answers(self, ticket: Ticket, text: str) -> Message:
        message = reply(ticket, text=text, by=self.bea, now=timezone.now())
        self.sends()
        return Message.objects.get(pk=message.pk)

    def sends(self) -> None:
        self.inbox.refresh_from_db()
        while deliver_next(self.inbox, now=timezone.now()):
            pass

    def held(self) -> list[tuple[bool, str]]:
        """What stands in the conversation at the network: ours?, words."""
        said = self.sandbox.state(self.network, only="directs")["directs"]
        return [(one["from_page"], one["text"]) for one in said]


@pytest.fixture(params=["viber", "telegram", "telegram asked"])
def bot(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Bot]:
    network, _, asked = request.param.partition(" ")
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea")
    with running_sandbox() as sandbox, running_front() as door:
        told = sandbox.credentials(network) | ({"polling": True} if asked else {})
        credentials = channel(network).credentials.model_validate(told)
        inbox = connect(
            workspace, slug=network, credentials=credentials, by=bea, now=timezone.now(), public_url=door.url
        )
        yield Bot(network, sandbox, door, inbox, bea)


def test_a_question_is_answered_and_the_answer_stands_at_the_network(bot: Bot) -> None:
    asked = bot.says("Kde je můj balík?")
    assert (asked.author.name, asked.outcome) == ("Jana Kovářová", Outcome.OPEN)  # type: ignore[union-attr]

    answer = bot.answers(asked.ticket, "Už je na cestě.")

    asked.refresh_from_db()
    assert asked.outcome == Outcome.ANSWERED
    assert answer.delivery in {Delivery.SENT, Delivery.DELIVERED}
    assert bot.held() == [(False, "Kde je můj balík?"), (True, "Už je na cestě.")]


def test_a_picture_is_fetched_from_where_it_lies(bot: Bot) -> None:
    asked = bot.says("It is broken", media=[{"kind": "image"}])
    bot.inbox.refresh_from_db()
    fetch_for(bot.inbox)
    picture = Attachment.objects.get(message=asked)
    assert picture.state == Attachment.State.STORED, picture.state_reason
    secret = bot.sandbox.credentials(bot.network).get("bot_token", "no such token")
    assert secret not in f"{picture.url} {picture.detail}"


def test_a_dead_token_holds_the_answers_back_until_there_is_a_new_one(bot: Bot) -> None:
    asked = bot.says("Hello?")
    bot.sandbox.control(f"{bot.network}/revoke", {})
    answer = bot.answers(asked.ticket, "Hello.")
    bot.inbox.refresh_from_db()
    assert (answer.delivery, bot.inbox.state) == (Delivery.QUEUED, Inbox.State.RECONNECT)

    told = bot.sandbox.credentials(bot.network)
    fresh = channel(bot.network).credentials.model_validate(told)
    reconnect(bot.inbox, credentials=fresh, by=bot.bea, now=timezone.now(), public_url=bot.door.url)
    bot.sends()
    assert bot.held()[-1] == (True, "Hello.")


@pytest.mark.parametrize("bot", ["viber"], indirect=True)
def test_delivered_and_seen_are_told(bot: Bot) -> None:
    asked = bot.says("Hello?")
    answer = bot.answers(asked.ticket, "Hello.")
    bot.sandbox.control("viber/read", {"as": "jana"})
    bot.hears()
    answer.refresh_from_db()
    assert answer.delivery == Delivery.READ


@pytest.mark.parametrize("bot", ["telegram"], indirect=True)
def test_an_edit_is_seen_a_like_is_sent_and_a_reaction_comes(bot: Bot) -> None:
    asked = bot.says("Hello?")
    bot.sandbox.edit("telegram", asked.external_id, "Where is it?")
    like(asked, by=bot.bea, now=timezone.now())
    answer = bot.answers(asked.ticket, "Here.")
    bot.sandbox.react("telegram", answer.external_id, by="jana")
    bot.hears()
    asked.refresh_from_db()
    assert asked.text == "Where is it?"
    assert bot.sandbox.state("telegram")["directs"][0]["reactions"] == {"": "👍"}
    assert [felt.emoji for felt in answer.reactions.all()] == ["👍"]

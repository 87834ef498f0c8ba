"""WhatsApp from end to end: the customer writes in the sandbox, the agent answers, all over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.contacts.models import Contact, Identity
from heard.inboxes import templates
from heard.inboxes.connect import connect, disconnect
from heard.inboxes.models import Inbox, InboxTemplate
from heard.inboxes.tasks import refresh_templates
from heard.ingest.fetch import fetch_for
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.like import like
from heard.tickets.models import Attachment, Delivery, Message, Outcome, Ticket
from heard.tickets.reply import Chosen, ReplyStopped, reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent, reloaded
from tests.front import running_front

PARCEL = Chosen("parcel_update", "en", ["Jana", "5521", "Monday"])
LATER = timedelta(hours=25)


@dataclass
class Line:
    """Acme's number at the simulated WhatsApp."""

    sandbox: Running
    bea: Agent
    inbox: Inbox
    ahead: timedelta = timedelta()

    @property
    def now(self) -> datetime:
        return timezone.now() + self.ahead

    def hears(self) -> None:
        self.sandbox.settled("whatsapp")
        calls.take_all(now=self.now)

    def asked(self, text: str = "Where is my parcel?", *, by: str = "jana", **rest: Any) -> Ticket:
        id = self.sandbox.say("whatsapp", by=by, text=text, **rest)
        self.hears()
        return Message.objects.get(external_id=id).ticket

    def answers(self, ticket: Ticket, text: str = "On its way.", **how: Any) -> Message:
        """Queued and sent."""
        message = reply(ticket, text=text, by=self.bea, now=self.now, **how)
        self.sends()
        return message

    def sends(self) -> None:
        while deliver_next(self.inbox, now=self.now):
            pass

    def held(self) -> list[str]:
        """What the network has of ours."""
        return [one["text"] for one in self.sandbox.state("whatsapp")["directs"] if one["from_page"]]


@pytest.fixture
def line(transactional_db: None) -> Iterator[Line]:
    with a_line() as line:
        yield line


@contextmanager
def a_line() -> Iterator[Line]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea")
    with running_sandbox() as sandbox, running_front() as door:
        credentials = channel("whatsapp").credentials.model_validate(sandbox.credentials("whatsapp"))
        inbox = connect(
            workspace,
            slug="whatsapp",
            credentials=credentials,
            by=bea,
            now=timezone.now(),
            public_url=door.url,
        )
        yield Line(sandbox, bea, inbox)


def test_asked_answered_delivered_read_and_liked(line: Line) -> None:
    ticket = line.asked()
    answer = line.answers(ticket)
    line.hears()
    assert (reloaded(answer).delivery, line.held()) == (Delivery.DELIVERED, ["On its way."])
    line.sandbox.control("whatsapp/read", {"as": "jana"})
    line.sandbox.react("whatsapp", reloaded(answer).external_id, by="jana")
    line.hears()
    assert reloaded(answer).delivery == Delivery.READ
    assert [reaction.emoji for reaction in answer.reactions.all()] == ["👍"]

    thanks = line.asked("Thanks").messages.order_by("id").last()
    assert thanks
    like(thanks, by=line.bea, now=line.now)
    line.sends()
    assert reloaded(thanks).outcome == Outcome.THANKED
    [said] = [one for one in line.sandbox.state("whatsapp")["directs"] if one["text"] == "Thanks"]
    assert said["reactions"] == {"": "👍"}


def test_when_the_window_closed_a_template_goes(line: Line) -> None:
    ticket = line.asked()
    templates.refresh(line.inbox, now=timezone.now())
    line.ahead = LATER
    line.sandbox.clock(LATER.total_seconds())
    with pytest.raises(ReplyStopped):
        line.answers(ticket)

    answer = line.answers(ticket, "", template=PARCEL)

    line.hears()
    text = "Hello Jana, your order 5521 is on its way. It arrives on Monday."
    assert line.held() == [f"{text}\n\nAcme Shop"]
    assert reloaded(answer).text == f"{text}\n\nAcme Shop\n\n→ Thank you"
    assert reloaded(answer).delivery == Delivery.DELIVERED


def test_what_fails_after_it_was_accepted_waits_again(line: Line) -> None:
    ticket = line.asked(by="jana-failed")
    answer = line.answers(ticket)
    assert not reloaded(ticket).is_open

    line.hears()

    assert reloaded(answer).delivery == Delivery.FAILED
    assert "131026" in reloaded(answer).delivery_reason
    assert reloaded(ticket).is_open


def test_an_answer_that_got_lost_is_settled_by_its_receipt(line: Line) -> None:
    ticket = line.asked()
    line.sandbox.faults("whatsapp", answer="reset_after_accept", times=1)
    answer = line.answers(ticket)

    line.hears()

    assert reloaded(answer).delivery == Delivery.DELIVERED
    assert line.held() == ["On its way."]


def test_one_person_through_hidden_numbers_new_numbers_and_the_phone(line: Line) -> None:
    ticket = line.asked()
    line.sandbox.own_app("whatsapp", "Answered from the phone.", to="jana")
    line.hears()
    assert not reloaded(ticket).is_open
    assert ticket.messages.count() == 2

    moved = line.sandbox.control("whatsapp/move", {"as": "jana"})
    line.hears()
    assert line.asked("My new number") == ticket
    identity = Identity.objects.get()
    assert (identity.address, identity.aliases) == (moved["user_id"], [moved["phone"]])
    line.answers(reloaded(ticket), "Noted.")
    assert "Noted." in line.held()
    assert line.asked(by="oto-hidden").contact != ticket.contact
    assert Contact.objects.count() == 2


def test_connecting_asks_for_the_templates(line: Line) -> None:
    refresh_templates(inbox_id=line.inbox.pk)
    assert InboxTemplate.objects.count() == 3
    line.sandbox.control("whatsapp/template", {"name": "still_there", "status": "DISABLED"})
    refresh_templates(inbox_id=line.inbox.pk)
    assert {row.name for row in InboxTemplate.objects.all()} == {"parcel_update"}


def test_a_dead_token_stops_sending_and_a_new_one_goes_on(line: Line) -> None:
    ticket = line.asked()
    line.sandbox.control("whatsapp/revoke", {})
    line.answers(ticket)
    assert reloaded(line.inbox).state == Inbox.State.RECONNECT
    refresh_templates(inbox_id=line.inbox.pk)  # says nothing and breaks nothing
    disconnect(line.inbox, by=line.bea, now=line.now, public_url="https://heard.example")
    assert line.held() == []


def test_history_waits_for_nobody(line: Line) -> None:
    number = line.inbox.account
    said = {
        "from": "420777",
        "id": "wamid.H1",
        "timestamp": "1790000000",
        "type": "text",
        "text": {"body": "Hello"},
    }
    threads = [{"id": "420777", "messages": [said]}]
    metadata = {"display_phone_number": "1555", "phone_number_id": number}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "history": [{"threads": threads}]}
    entry = {"id": "1", "changes": [{"field": "history", "value": value}]}
    told = {"object": "whatsapp_business_account", "entry": [entry]}

    assert line.sandbox.deliver("whatsapp", json.dumps(told).encode()) == 200
    line.hears()

    assert not Message.objects.get(external_id="wamid.H1").ticket.is_open


def test_a_picture_is_fetched_with_our_token(line: Line) -> None:
    ticket = line.asked("Look", media=[{"kind": "image"}])

    fetch_for(line.inbox)

    [picture] = Attachment.objects.filter(message__ticket=ticket)
    assert (picture.state, picture.content_type) == (Attachment.State.STORED, "image/png")

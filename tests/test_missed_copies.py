"""One who cannot be reached marks their copy, and not the answer that the others have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.outbox.deliver import deliver_next
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.delivery import NothingToRetry, send_again
from heard.tickets.models import Delivery, Message, State
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front

PETROS, MAJA = "petros@customers.example", "maja@customers.example"


@dataclass
class Desk:
    sandbox: Running
    inbox: Inbox
    bea: Agent

    def answers(self) -> Message:
        """To Jana, with copies to Petros and Maja."""
        id = self.sandbox.say("email", by="jana", text="Where is it?", cc=f"{PETROS}, {MAJA}")
        self.hears()
        asked = Message.objects.get(external_id=id)
        answer = reply(asked.ticket, text="It left.", by=self.bea, now=timezone.now(), copies=[PETROS, MAJA])
        self.sends()
        answer.refresh_from_db()
        return answer

    def sends(self, *, after: timedelta = timedelta()) -> None:
        deliver_next(self.inbox, now=timezone.now() + after)

    def hears(self) -> None:
        self.sandbox.settled("email", seconds=60)
        calls.take_all(now=timezone.now())

    def read_by(self) -> list[str]:
        return [one["handle"] for one in self.sandbox.state("email")["letters"] if one["from_company"]]

    def marks(self, message: Message) -> dict[str, Any]:
        message.refresh_from_db()
        return {
            one["address"]: one.get("failed", "again" if "again" in one else "") for one in message.copies
        }


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    bea = an_agent(workspace, "Bea", Agent.Role.ADMIN)
    with running_sandbox() as sandbox, running_front(pages=True) as door:
        given = channel("email").credentials.model_validate(sandbox.credentials("email"))
        made = connect(
            workspace, slug="email", credentials=given, by=bea, now=timezone.now(), public_url=door.url
        )
        yield Desk(sandbox, made, bea)


@pytest.mark.parametrize("fault", ["blocked", 429])
def test_whom_the_server_refuses_is_marked_alone_and_sent_to_alone(desk: Desk, fault: str | int) -> None:
    desk.sandbox.faults("email", answer=fault, only=f"RCPT/{PETROS}")
    answer = desk.answers()
    assert answer.delivery == Delivery.SENT
    assert desk.read_by() == ["jana", "maja"]
    assert "lives here" in desk.marks(answer)[PETROS] or "come back later" in desk.marks(answer)[PETROS]
    assert desk.marks(answer)[MAJA] == ""
    answer.ticket.refresh_from_db()
    assert answer.ticket.state == State.ANSWERED

    send_again(answer, by=desk.bea, now=timezone.now())  # and he is refused once more
    assert desk.marks(answer)[PETROS] == "again"
    desk.sends()
    assert (desk.marks(answer)[PETROS] == "again") is (fault == 429)  # then it is tried by itself

    desk.sandbox.faults("email")
    if fault == "blocked":
        send_again(answer, by=desk.bea, now=timezone.now())
    desk.sends(after=timedelta(hours=1))
    assert desk.marks(answer) == {PETROS: "", MAJA: ""}
    assert desk.read_by() == ["jana", "maja", "petros"]
    assert len({one["id"] for one in desk.sandbox.state("email")["letters"] if one["from_company"]}) == 1
    with pytest.raises(NothingToRetry):
        send_again(answer, by=desk.bea, now=timezone.now())


def test_a_report_about_a_copy_marks_the_copy_and_one_about_the_customer_the_answer(desk: Desk) -> None:
    answer = desk.answers()
    desk.sandbox.control(
        "email/fail", {"id": answer.external_id, "to": MAJA, "reason": "The mailbox is full"}
    )
    desk.hears()
    assert "The mailbox is full" in desk.marks(answer)[MAJA]
    assert desk.marks(answer)[PETROS] == ""
    assert answer.delivery == Delivery.SENT

    desk.sandbox.control("email/fail", {"id": answer.external_id, "reason": "Gone"})
    desk.hears()
    answer.refresh_from_db()
    assert answer.delivery == Delivery.FAILED
    send_again(answer, by=desk.bea, now=timezone.now())
    assert desk.marks(answer) == {PETROS: "", MAJA: ""}
    desk.sends()
    assert desk.read_by() == ["jana", "petros", "maja"]  # a second mail with one id is the same mail there
    assert len(desk.sandbox.state("email")["calls"]) == 2

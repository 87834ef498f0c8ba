"""What lies with Heard itself: nothing is called, so an answer is there when it is queued."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.channels.contract import Kind
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox, InboxHealth
from heard.outbox.deliver import deliver_next
from heard.outbox.models import Dispatch
from heard.tickets.models import Delivery, Message, State, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace
from tests.cast import Network, an_inbox, reloaded


@pytest.fixture
def chat(acme: Workspace) -> Network:
    return Network(an_inbox(acme, "chat"))


def asks(chat: Network, *, by: str = "Jana") -> Ticket:
    return chat.ticket(chat.direct("Is it there in M?", by=by, kind=Kind.CHAT))


def test_an_answer_is_there_in_the_transaction_that_queues_it(
    chat: Network, bea: Agent, django_capture_on_commit_callbacks: object
) -> None:
    ticket, jobs = asks(chat), ProcrastinateJob.objects.count()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = reply(ticket, text="Yes, it is.", by=bea, now=chat.tick())

    answer = reloaded(answer)
    assert (answer.delivery, answer.external_id, answer.sent_at) == (
        Delivery.SENT,
        str(answer.token),
        chat.now,
    )
    assert reloaded(ticket).state == State.ANSWERED
    told = EventRecord.objects.filter(ticket_id=ticket.pk, kind__startswith="Message").order_by("id")
    assert [one.kind for one in told][-2:] == ["MessageQueued", "MessageSent"]
    assert not Dispatch.objects.exists()
    assert ProcrastinateJob.objects.count() == jobs, "nobody has to be woken for it"
    assert InboxHealth.objects.get(inbox=chat.inbox).last_sent_at == chat.now


def test_what_is_undone_was_never_there(chat: Network, bea: Agent) -> None:
    ticket = asks(chat)

    with transaction.atomic():
        reply(ticket, text="Yes, it is.", by=bea, now=chat.tick())
        transaction.set_rollback(True)

    assert not Message.objects.filter(direction="out").exists()
    assert reloaded(ticket).state == State.OPEN


def test_it_stays_behind_what_waits_in_its_inbox(chat: Network, bea: Agent) -> None:
    tickets = [asks(chat, by=name) for name in ("Jana", "Dana")]
    Inbox.objects.filter(pk=chat.inbox.pk).update(state=Inbox.State.RECONNECT)
    first = reply(tickets[0], text="Yes, it is.", by=bea, now=chat.tick())
    Inbox.objects.filter(pk=chat.inbox.pk).update(state=Inbox.State.CONNECTED)
    second = reply(tickets[1], text="No.", by=bea, now=chat.tick())

    assert [reloaded(one).delivery for one in (first, second)] == [Delivery.QUEUED, Delivery.QUEUED]
    later = chat.now + timedelta(seconds=1)
    assert deliver_next(chat.inbox, now=later)
    assert [reloaded(one).delivery for one in (first, second)] == [Delivery.SENT, Delivery.QUEUED]
    assert deliver_next(chat.inbox, now=later)

    third = reply(tickets[0], text="Anything else?", by=bea, now=later)
    assert [reloaded(one).delivery for one in (first, second, third)] == [Delivery.SENT] * 3

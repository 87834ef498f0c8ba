from __future__ import annotations

from datetime import timedelta

import pytest

from heard.tickets.answer import answered
from heard.tickets.draft import keep_draft
from heard.tickets.folders import counts, page_of
from heard.tickets.models import Draft, Message, PendingReply, Ticket
from heard.tickets.pending.come_back import take_back
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.hold import TooLate
from heard.tickets.pending.leave import leave_due
from heard.tickets.pending.schedule import BadTime, schedule
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.resolve import resolve
from heard.tickets.tests.test_files import uploaded
from heard.uploads.models import UploadedFile
from heard.uploads.sweep import sweep_uploads
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

HOUR = timedelta(hours=1)
State = PendingReply.State


def scheduled(ticket: Ticket, network: Network, by: Agent, text: str = "On its way.") -> PendingReply:
    at = network.now + HOUR
    return schedule(ticket, Composed(text=text), at=at, by=by, now=network.now)


def test_it_goes_out_at_its_time_once_and_until_then_nobody_is_answered(
    facebook: Network, bea: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    keep_draft(ticket, mode=Draft.Mode.PUBLIC, text="On its", version=0, by=bea, now=facebook.now)

    pending = scheduled(ticket, facebook, bea)

    assert reloaded(ticket).is_open
    assert not ticket.drafts.exists()
    assert page_of(bea, "scheduled").tickets == page_of(bea, "waiting").tickets == [ticket]
    assert counts(bea)["scheduled"] == 1
    assert leave_due(now=facebook.now + HOUR - timedelta(seconds=1)) == 0
    assert leave_due(now=facebook.now + HOUR) == 1
    assert leave_due(now=facebook.now + HOUR) == 0
    message = ticket.messages.get(direction="out")
    pending = reloaded(pending)
    assert (message.text, message.agent, pending.message, pending.state) == (
        "On its way.",
        bea,
        message,
        State.SENT,
    )
    assert not reloaded(ticket).is_open
    assert reloaded(ticket).answer_at is None


def test_a_new_message_calls_it_back_and_its_author_has_the_text_again(
    messenger: Network, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    pending = scheduled(ticket, messenger, bea)

    messenger.direct("It has come.")

    pending = reloaded(pending)
    assert (pending.state, pending.reason) == (State.OVERTAKEN, "customer_wrote")
    assert ticket.drafts.get(agent=bea, mode="private").text == "On its way."
    assert leave_due(now=messenger.now + HOUR) == 0
    assert page_of(bea, "came-back").tickets == [ticket]
    assert counts(bea)["came-back"] == 1
    told = ticket.workspace.eventrecord_set.get(kind="ReplyCameBack")
    assert (told.payload["how"], told.payload["author_id"]) == ("overtaken", bea.pk)

    reply(ticket, text="Good.", private=True, by=bea, now=messenger.tick())
    scheduled(ticket, messenger, bea, "And thank you.")
    assert counts(bea)["came-back"] == 0


def test_in_public_others_may_write_beside_it(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    ticket = facebook.ticket(root)
    at = facebook.now + HOUR
    to = facebook.message(root)
    pending = schedule(ticket, Composed(text="Tomorrow.", to=to), at=at, by=bea, now=facebook.now)

    facebook.comment("And mine?", by="Dana", under=root)
    assert reloaded(pending).state == State.SCHEDULED

    facebook.comment("Hello?", by="Jana", under=root)
    assert reloaded(pending).state == State.OVERTAKEN


@pytest.mark.parametrize("how", ["reply", "answered", "resolve", "hand"])
def test_what_colleagues_do_calls_it_back_too(messenger: Network, bea: Agent, oto: Agent, how: str) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    pending = scheduled(ticket, messenger, bea)
    now = messenger.tick()

    match how:
        case "reply":
            reply(ticket, text="It left today.", by=oto, now=now)
        case "answered":
            answered(ticket, by=oto, now=now)
        case "resolve":
            resolve(ticket, by=oto, now=now, note="By telephone.")
        case _:
            take_back(pending, by=oto, now=now)

    state = State.TAKEN_BACK if how == "hand" else State.OVERTAKEN
    assert (reloaded(pending).state, reloaded(ticket).answer_at) == (state, None)
    assert ticket.drafts.get(agent=bea).text == "On its way."
    with pytest.raises(TooLate):
        take_back(pending, by=bea, now=now)


def test_what_its_author_says_meanwhile_leaves_it_alone(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    pending = scheduled(ticket, messenger, bea)

    reply(ticket, text="I am asking the carrier.", by=bea, now=messenger.tick())

    assert reloaded(pending).state == State.SCHEDULED


def test_what_was_typed_since_stays_above_it(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    pending = scheduled(ticket, messenger, bea)
    keep_draft(ticket, mode=Draft.Mode.PRIVATE, text="Besides,", version=0, by=bea, now=messenger.now)

    take_back(pending, by=bea, now=messenger.tick())

    draft = ticket.drafts.get(agent=bea)
    assert (draft.text, draft.version) == ("Besides,\n\nOn its way.", 2)


def test_the_gate_asks_when_it_is_written_and_again_when_it_leaves(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    with pytest.raises(ReplyStopped):
        scheduled(ticket, facebook, bea, "Write to jana@acme.example")
    assert not PendingReply.objects.exists()
    assert not Message.objects.filter(direction="out").exists()
    pending = scheduled(ticket, facebook, bea)
    PendingReply.objects.filter(pk=pending.pk).update(text="Write to jana@acme.example")

    leave_due(now=facebook.now + HOUR)

    pending = reloaded(pending)
    assert (pending.state, pending.reason) == (State.STOPPED, "findings")
    assert [one["code"] for one in pending.findings] == ["personal.email"]
    assert ticket.drafts.get(agent=bea).text == "Write to jana@acme.example"
    assert not Message.objects.filter(direction="out").exists()


def test_a_window_that_will_be_closed_then_stops_it_now(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    late = messenger.now + timedelta(days=3)

    with pytest.raises(ReplyStopped) as stopped:
        schedule(ticket, Composed(text="On its way."), at=late, by=bea, now=messenger.now)

    assert {one.check for one in stopped.value.findings} == {"window"}


@pytest.mark.parametrize("step", [timedelta(0), timedelta(days=-1), timedelta(days=400)])
def test_only_a_time_to_come_and_within_a_year(facebook: Network, bea: Agent, step: timedelta) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(BadTime):
        schedule(ticket, Composed(text="Tomorrow."), at=facebook.now + step, by=bea, now=facebook.now)


def test_its_files_wait_with_it_however_long_and_come_back_with_it(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    sent, kept = uploaded(bea), uploaded(bea)
    at = messenger.now + HOUR
    first = schedule(ticket, Composed(text="Here.", files=[sent]), at=at, by=bea, now=messenger.now)
    second = schedule(ticket, Composed(text="And here.", files=[kept]), at=at, by=bea, now=messenger.now)

    sweep_uploads(now=messenger.now + timedelta(days=30))
    take_back(second, by=bea, now=messenger.now)
    leave_due(now=at)

    assert reloaded(first).state == State.SENT
    assert Message.objects.filter(direction="out", attachments__isnull=False).count() == 1
    assert UploadedFile.objects.get().place == f"ticket {ticket.pk} private"

from __future__ import annotations

from datetime import timedelta

import pytest

from heard.channels.contract import Button
from heard.people.sends import change_sends
from heard.tickets.folders import counts, page_of
from heard.tickets.models import Message, PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.hold import TooLate
from heard.tickets.pending.leave import leave_due
from heard.tickets.pending.review import CommentNeeded, NotAReviewer, approve, ask_review, return_to_author
from heard.tickets.pending.schedule import schedule
from heard.tickets.pending.send import send
from heard.tickets.reply import MayNotSend, ReplyStopped, reply
from heard.tickets.tests.test_files import uploaded
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

HOUR = timedelta(hours=1)
State = PendingReply.State


@pytest.fixture
def trainee(bea: Agent) -> Agent:
    """Bea may write, and a colleague has to approve it."""
    bea.sends = False
    bea.save(update_fields=["sends"])
    return bea


def in_review(ticket: Ticket, network: Network, by: Agent, text: str = "On its way.") -> PendingReply:
    pending = send(ticket, Composed(text=text), by=by, now=network.now)
    assert isinstance(pending, PendingReply)
    return pending


def said(ticket: Ticket) -> list[str]:
    return list(ticket.messages.filter(direction="out").order_by("pk").values_list("text", flat=True))


def test_who_may_not_send_asks_and_a_colleague_lets_it_out(
    facebook: Network, trainee: Agent, oto: Agent, ann: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    pending = in_review(ticket, facebook, trainee)

    assert (pending.state, said(ticket), reloaded(ticket).is_open) == (State.REVIEW, [], True)
    assert page_of(oto, "to-review").tickets == [ticket]
    assert page_of(trainee, "to-review").tickets == []
    assert (counts(oto)["to-review"], counts(trainee)["to-review"]) == (1, 0)
    left = approve(pending, by=oto, now=facebook.tick(minutes=4))
    assert isinstance(left, Message)
    assert (left.text, left.agent, left.ticket_id) == ("On its way.", trainee, ticket.pk)
    assert not reloaded(ticket).is_open
    assert counts(oto)["to-review"] == 0
    told = ticket.workspace.eventrecord_set.get(kind="ReplyApproved")
    assert (told.by, told.payload["author"], told.payload["waited_seconds"]) == (oto, "Bea", 240)
    queued = ticket.workspace.eventrecord_set.get(kind="MessageQueued")
    assert queued.payload["approved_by_id"] == oto.pk
    with pytest.raises(TooLate):
        approve(pending, by=ann, now=facebook.tick())


def test_no_call_lets_it_out_without_a_colleague(facebook: Network, trainee: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    words = Composed(text="On its way.")
    at = facebook.now + HOUR

    with pytest.raises(MayNotSend):
        reply(ticket, text="On its way.", by=trainee, now=facebook.now)
    with pytest.raises(MayNotSend):
        schedule(ticket, words, at=at, by=trainee, now=facebook.now)
    pending = send(ticket, words, by=trainee, now=facebook.now, at=at)
    assert isinstance(pending, PendingReply)
    leave_due(now=at + HOUR)
    assert (reloaded(pending).state, said(ticket)) == (State.REVIEW, [])
    oto.sends = False
    for nobody in (trainee, oto):
        with pytest.raises(NotAReviewer):
            approve(pending, by=nobody, now=facebook.now)


def test_who_loses_the_right_meanwhile_needs_a_colleague_then(
    facebook: Network, bea: Agent, oto: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    at = facebook.now + HOUR
    pending = schedule(ticket, Composed(text="On its way."), at=at, by=bea, now=facebook.now)
    Agent.objects.filter(pk=bea.pk).update(sends=False)

    leave_due(now=at)

    assert (reloaded(pending).state, said(ticket)) == (State.REVIEW, [])
    approve(reloaded(pending), by=oto, now=at)
    assert said(ticket) == ["On its way."]


def test_the_reviewer_changes_it_and_what_its_author_wrote_is_kept(
    facebook: Network, bea: Agent, oto: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    pending = ask_review(
        ticket,
        Composed(text="On it's way."),
        by=bea,
        now=facebook.now,
        reviewer=oto,
        question="Is this right?",
    )

    approve(pending, by=oto, now=facebook.tick(), text="On its way.")

    pending = reloaded(pending)
    assert (pending.text_before, pending.text) == ("On it's way.", "On its way.")
    assert said(ticket) == ["On its way."]


def test_the_gate_asks_again_when_it_is_approved(facebook: Network, trainee: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    with pytest.raises(ReplyStopped):
        in_review(ticket, facebook, trainee, "Write to jana@acme.example")
    pending = in_review(ticket, facebook, trainee)

    with pytest.raises(ReplyStopped):
        approve(pending, by=oto, now=facebook.tick(), text="Write to jana@acme.example")
    assert (reloaded(pending).state, reloaded(pending).text) == (State.REVIEW, "On its way.")

    approve(
        pending,
        by=oto,
        now=facebook.tick(),
        text="Write to jana@acme.example",
        overrides=["personal.email"],
    )
    assert said(ticket) == ["Write to jana@acme.example"]


def test_it_is_returned_with_a_word_and_all_that_belongs_to_it(
    messenger: Network, trainee: Agent, oto: Agent
) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    file = uploaded(trainee)
    pending = send(
        ticket,
        Composed(text="Here.", files=[file], buttons=[Button("Thank you", "", "")]),
        by=trainee,
        now=messenger.now,
    )
    assert isinstance(pending, PendingReply)

    with pytest.raises(CommentNeeded):
        return_to_author(pending, comment=" ", by=oto, now=messenger.tick())
    return_to_author(pending, comment="Greet her first.", by=oto, now=messenger.tick())

    pending = reloaded(pending)
    assert (pending.state, pending.comment, pending.ended_by) == (State.RETURNED, "Greet her first.", oto)
    assert ticket.drafts.get(agent=trainee).text == "Here."
    assert (counts(trainee)["came-back"], counts(oto)["came-back"]) == (1, 0)
    again = send(ticket, Composed(text="Hello, here.", files=[file]), by=trainee, now=messenger.tick())
    assert counts(trainee)["came-back"] == 0
    assert isinstance(again, PendingReply)
    approve(again, by=oto, now=messenger.tick())
    assert ticket.messages.filter(attachments__isnull=False).count() == 1


def test_a_time_that_was_chosen_is_kept(facebook: Network, trainee: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    at = facebook.now + HOUR
    early = ask_review(ticket, Composed(text="One."), by=trainee, now=facebook.now, at=at)

    assert isinstance(approve(early, by=oto, now=facebook.tick()), PendingReply)
    assert (reloaded(early).state, said(ticket)) == (State.SCHEDULED, [])
    leave_due(now=at)
    assert said(ticket) == ["One."]

    late = ask_review(ticket, Composed(text="Two."), by=trainee, now=at, at=at + HOUR)
    assert isinstance(approve(late, by=oto, now=at + 2 * HOUR), Message)


def test_whoever_was_asked_may_lose_the_right_and_then_everybody_is_asked(
    facebook: Network, bea: Agent, oto: Agent, ann: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    pending = ask_review(ticket, Composed(text="Tomorrow."), by=bea, now=facebook.now, reviewer=oto)
    assert page_of(ann, "to-review").tickets == []

    change_sends(oto, sends=False, by=ann, now=facebook.tick())

    assert reloaded(pending).reviewer is None
    assert page_of(ann, "to-review").tickets == [ticket]


def test_only_a_colleague_who_may_send_is_asked(facebook: Network, bea: Agent, cyril: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    for nobody in (bea, cyril):
        with pytest.raises(NotAReviewer):
            ask_review(ticket, Composed(text="Tomorrow."), by=bea, now=facebook.now, reviewer=nobody)

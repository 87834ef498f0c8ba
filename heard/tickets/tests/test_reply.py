from __future__ import annotations

from datetime import timedelta

import pytest

from heard.outbox.models import Dispatch
from heard.tickets.delivery import (
    CannotCancel,
    NothingToRetry,
    cancel,
    mark_failed,
    mark_sending,
    mark_sent,
    mark_unconfirmed,
    send_again,
    was_sent,
)
from heard.tickets.draft import keep_draft
from heard.tickets.models import Delivery, Draft, Message, Outcome, State
from heard.tickets.reply import NoWay, ReplyStopped, reply
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox, reloaded


def test_a_reply_is_queued_and_answers_at_once(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    answer = reply(ticket, text="On its way.", by=bea, now=facebook.tick())

    asked = ticket.messages.get(direction="in")
    assert (answer.delivery, answer.public, answer.agent) == (Delivery.QUEUED, True, bea)
    assert (asked.outcome, asked.answered_by, asked.outcome_by) == (Outcome.ANSWERED, answer, bea)
    assert reloaded(ticket).state == State.ANSWERED


def test_a_reply_leaves_only_after_the_time_for_taking_it_back(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    answer = reply(ticket, text="On its way.", by=bea, now=facebook.tick())

    undo = timedelta(seconds=bea.workspace.undo_seconds)
    assert Dispatch.objects.get(message=answer).due_at == facebook.now + undo


def test_the_gate_stops_a_reply_and_nothing_changes(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text="Write to jana@acme.example", by=bea, now=facebook.tick())

    assert [one.code for one in stopped.value.findings] == ["personal.email"]
    assert reloaded(ticket).is_open
    assert not Dispatch.objects.exists()


def test_what_a_person_takes_responsibility_for_is_sent_and_logged(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    reply(
        ticket,
        text="Write to jana@acme.example",
        by=bea,
        now=facebook.tick(),
        overrides=["personal.email"],
    )

    told = ticket.workspace.eventrecord_set.get(kind="MessageQueued")
    assert told.payload["overridden"] == ["personal.email"]
    assert told.by == bea


def test_some_findings_no_person_can_override(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(ReplyStopped):
        reply(ticket, text="  ", by=bea, now=facebook.tick(), overrides=["empty", "empty.text"])


def test_a_public_reply_answers_earlier_words_of_the_same_author_alone(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    other = facebook.comment("And mine?", by="Dana", under=root)
    again = facebook.comment("Hello?", by="Jana", under=root)
    later = facebook.comment("I am waiting", by="Jana", under=root)

    reply(facebook.ticket(root), text="Today.", by=bea, now=facebook.tick(), to=facebook.message(again))

    outcomes = {id: facebook.message(id).outcome for id in (root, other, again, later)}
    assert outcomes == {root: "answered", other: "open", again: "answered", later: "open"}
    assert facebook.ticket(root).waiting_since == facebook.message(other).at


def test_a_direct_reply_answers_everything_before_it(messenger: Network, bea: Agent) -> None:
    first = messenger.direct("Hello")
    messenger.direct("Anybody there?")

    reply(messenger.ticket(first), text="Yes.", by=bea, now=messenger.tick())

    assert messenger.ticket(first).state == State.ANSWERED


def test_a_direct_reply_answers_what_the_networks_clock_puts_ahead_of_ours(
    messenger: Network, bea: Agent
) -> None:
    first = messenger.direct("Hello", at=messenger.now + timedelta(hours=47))

    reply(messenger.ticket(first), text="Yes.", by=bea, now=messenger.tick())

    assert messenger.message(first).outcome == Outcome.ANSWERED


def test_without_a_target_the_newest_words_that_wait_are_answered(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    newest = facebook.comment("And mine?", by="Dana", under=root)

    answer = reply(facebook.ticket(root), text="Today.", by=bea, now=facebook.tick())

    assert answer.parent == facebook.message(newest)


def test_a_message_of_another_ticket_cannot_be_answered_here(facebook: Network, bea: Agent) -> None:
    here, there = facebook.comment("One"), facebook.comment("Two", by="Dana")

    with pytest.raises(NoWay) as closed:
        reply(facebook.ticket(here), text="Hi", by=bea, now=facebook.tick(), to=facebook.message(there))

    assert closed.value.code == "nothing_to_answer"


def test_taking_a_reply_back_lets_its_messages_wait_as_before(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    answer = reply(ticket, text="On its way.", by=bea, now=facebook.tick())

    cancel(answer, by=bea, now=facebook.tick())

    asked = ticket.messages.get(direction="in")
    assert (asked.outcome, asked.answered_by, asked.outcome_by) == (Outcome.OPEN, None, None)
    assert reloaded(ticket).waiting_since == asked.at
    assert Dispatch.objects.get(message=answer).state == Dispatch.State.CANCELLED


def test_a_reply_that_is_on_its_way_cannot_be_taken_back(facebook: Network, bea: Agent) -> None:
    answer = _sending(facebook, bea)

    with pytest.raises(CannotCancel):
        cancel(answer, by=bea, now=facebook.tick())


def test_a_failed_reply_lets_its_messages_wait_again(facebook: Network, bea: Agent) -> None:
    answer = _sending(facebook, bea)

    mark_failed(answer, problem="window_closed", reason="Too late.", now=facebook.tick())

    assert reloaded(answer).delivery_reason == "Too late."
    assert reloaded(answer.ticket).is_open


def test_a_failed_reply_may_be_sent_again_and_answers_again(facebook: Network, bea: Agent) -> None:
    answer = _sending(facebook, bea)
    mark_failed(answer, problem="transient", reason="Meta is down.", now=facebook.tick())

    send_again(answer, by=bea, now=facebook.tick())

    assert reloaded(answer).delivery == Delivery.QUEUED
    assert reloaded(answer.ticket).state == State.ANSWERED
    assert Dispatch.objects.filter(message=answer, state="queued").exists()


def test_an_unconfirmed_reply_still_answers_and_is_never_sent_by_itself(
    facebook: Network, bea: Agent
) -> None:
    answer = _sending(facebook, bea)

    mark_unconfirmed(answer, reason="No answer came.", now=facebook.tick())

    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    assert reloaded(answer.ticket).state == State.ANSWERED


def test_an_agent_who_saw_it_at_the_network_settles_an_unconfirmed_reply(
    facebook: Network, bea: Agent
) -> None:
    answer = _sending(facebook, bea)
    mark_unconfirmed(answer, reason="No answer came.", now=facebook.tick())

    was_sent(answer, by=bea, now=facebook.tick())

    assert reloaded(answer).delivery == Delivery.SENT
    with pytest.raises(NothingToRetry):
        was_sent(answer, by=bea, now=facebook.tick())


def test_what_comes_in_while_an_answer_is_on_its_way_is_not_answered_by_it(
    messenger: Network, bea: Agent
) -> None:
    asked = messenger.direct("Where is my parcel?")
    written = messenger.tick()
    answer = reply(messenger.ticket(asked), text="On its way.", by=bea, now=messenger.tick())
    messenger.tick()
    late = messenger.direct("I mean the second one", at=written)  # nobody here could see it yet

    assert mark_sending(answer)
    assert mark_sent(answer, external_id="m1", now=messenger.tick())

    assert [messenger.message(one).outcome for one in (asked, late)] == [Outcome.ANSWERED, Outcome.OPEN]
    assert messenger.ticket(late).is_open


def test_only_what_failed_or_is_in_doubt_can_be_sent_again(facebook: Network, bea: Agent) -> None:
    answer = _sending(facebook, bea)
    mark_sent(answer, external_id="r1", now=facebook.tick())

    with pytest.raises(NothingToRetry):
        send_again(answer, by=bea, now=facebook.tick())


def test_replying_uses_up_the_draft_of_that_way_alone(facebook: Network, bea: Agent) -> None:
    an_inbox(bea.workspace, "messenger", account="104500")
    ticket = a_ticket(facebook, said="Where is my parcel?")
    for mode in Draft.Mode:
        keep_draft(ticket, mode=mode, text="typed", version=0, by=bea, now=facebook.now)

    reply(ticket, text="On its way.", by=bea, now=facebook.tick())

    assert set(Draft.objects.values_list("mode", flat=True)) == {"private", "note"}


def _sending(network: Network, by: Agent) -> Message:
    ticket = a_ticket(network, said="Where is my parcel?")
    answer = reply(ticket, text="On its way.", by=by, now=network.tick())
    assert mark_sending(answer)
    return answer

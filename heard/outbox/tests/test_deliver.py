"""Sending to the simulated networks over real HTTP, with their echoes coming back."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes import wire
from heard.inboxes.connect import disconnect, reconnect
from heard.inboxes.models import Inbox, InboxHealth
from heard.outbound import Outbound
from heard.outbox.confirm import ASKED_AFTER, confirm_unconfirmed
from heard.outbox.deliver import LEASE, deliver_next, pause_before, rescue_claimed, wake_all_due
from heard.outbox.models import Dispatch
from heard.outbox.tasks import send_due
from heard.tickets.delivery import CannotCancel, cancel, send_again
from heard.tickets.hide import hide
from heard.tickets.like import like
from heard.tickets.models import Delivery, Message, Outcome
from tests import calls
from tests.cast import reloaded
from tests.shop import Shop

MINUTE = timedelta(minutes=1)


def test_a_public_reply_is_at_the_network_and_its_echo_doubles_nothing(shop: Shop) -> None:
    answer = shop.answers(shop.asked())

    assert shop.sends(shop.facebook) == 1
    shop.hears()

    assert reloaded(answer).delivery == Delivery.SENT
    assert reloaded(answer).external_id
    assert shop.held("facebook", "On its way.") == 1
    assert Message.objects.filter(direction="out").count() == 1
    assert InboxHealth.objects.get(inbox=shop.facebook).last_sent_at is not None


def test_a_direct_reply_is_sent_delivered_and_read(shop: Shop) -> None:
    answer = shop.answers(shop.asked(direct=True))

    shop.sends(shop.messenger)
    shop.hears()
    assert reloaded(answer).delivery == Delivery.DELIVERED
    shop.sandbox.control("messenger/read", {"as": "jana"})
    shop.hears()

    assert reloaded(answer).delivery == Delivery.READ
    assert Message.objects.filter(direction="out").count() == 1


def test_an_echo_that_comes_before_the_answer_makes_no_second_message(shop: Shop) -> None:
    comment, direct = shop.answers(shop.asked()), shop.answers(shop.asked(direct=True))
    for network in ("facebook", "messenger"):
        shop.sandbox.faults(network, echo_first=True)

    taking = threading.Event()
    helper = threading.Thread(target=_take_in_until, args=(taking,))
    helper.start()
    try:
        shop.sends(shop.facebook)
        shop.sends(shop.messenger)
        shop.hears()
    finally:
        taking.set()
        helper.join()
    shop.hears()

    assert Message.objects.filter(direction="out").count() == 2
    assert reloaded(comment).external_id
    assert reloaded(direct).delivery in (Delivery.SENT, Delivery.DELIVERED)


def test_nothing_leaves_before_the_time_for_taking_it_back_is_over(shop: Shop) -> None:
    shop.bea.workspace.undo_seconds = 5
    shop.bea.workspace.save()
    answer = shop.answers(shop.asked())

    assert shop.sends(shop.facebook) == 0
    cancel(answer, by=shop.bea, now=timezone.now())

    assert shop.sends(shop.facebook, ahead=MINUTE) == 0
    assert shop.held("facebook", "On its way.") == 0


def test_a_network_that_asks_for_patience_gets_it_and_keeps_the_order(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    shop.answers(ticket, "one")
    shop.answers(ticket, "two")
    shop.sandbox.faults("messenger", answer=429, times=1, retry_after=300)

    assert shop.sends(shop.messenger) == 0
    later = shop.answers(ticket, "three")
    assert shop.sends(shop.messenger) == 0
    assert reloaded(later).delivery == Delivery.QUEUED
    assert len(shop.called("messenger", "messages")) == 1
    assert shop.sends(shop.messenger, ahead=timedelta(hours=2)) == 3

    ours = [one["text"] for one in shop.sandbox.state("messenger")["directs"] if one["from_page"]]
    assert ours == ["one", "two", "three"]


def test_a_network_that_breaks_is_tried_again_later(shop: Shop) -> None:
    answer = shop.answers(shop.asked(direct=True))
    shop.sandbox.faults("messenger", answer=500, times=2)

    for hour in range(3):
        shop.sends(shop.messenger, ahead=timedelta(hours=hour))

    assert reloaded(answer).delivery == Delivery.SENT
    assert shop.held("messenger", "On its way.") == 1
    assert Dispatch.objects.get().attempts == 3


def test_pauses_grow_from_seconds_to_hours() -> None:
    pauses = [pause_before(attempt).total_seconds() for attempt in range(1, 13)]

    assert 4.5 <= pauses[0] <= 5.5
    assert 6480 <= pauses[-1] <= 7920
    assert all(later > earlier for earlier, later in pairwise(pauses[:10]))


def test_without_an_answer_nobody_knows_and_nobody_guesses(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "outbound", lambda: Outbound(allowed=("127.0.0.1",), total_seconds=0.5))
    answer = shop.answers(shop.asked(direct=True))
    shop.sandbox.faults("messenger", answer="timeout", times=1, hold_s=3)

    shop.sends(shop.messenger)
    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    for _ in range(3):
        shop.sends(shop.messenger, ahead=timedelta(days=1))
        wake_all_due(now=timezone.now() + timedelta(days=1))

    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    assert len(shop.called("messenger", "messages")) == 1


@pytest.mark.parametrize("direct", [False, True])
def test_a_connection_that_dies_after_the_message_was_taken_is_settled_by_the_echo(
    shop: Shop, direct: bool
) -> None:
    network, inbox = ("messenger", shop.messenger) if direct else ("facebook", shop.facebook)
    answer = shop.answers(shop.asked(direct=direct))
    shop.sandbox.faults(network, answer="reset_after_accept", times=1)

    shop.sends(inbox)
    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    shop.hears()
    shop.sends(inbox, ahead=MINUTE)

    assert reloaded(answer).delivery in (Delivery.SENT, Delivery.DELIVERED)
    assert shop.held(network, "On its way.") == 1
    assert Message.objects.filter(direction="out").count() == 1
    assert Dispatch.objects.get().state == Dispatch.State.DONE


@pytest.mark.parametrize("direct", [False, True])
def test_where_the_echo_is_lost_the_network_is_asked(shop: Shop, direct: bool) -> None:
    network, inbox = ("messenger", shop.messenger) if direct else ("facebook", shop.facebook)
    answer = shop.answers(shop.asked(direct=direct))
    shop.sandbox.faults(network, answer="reset_after_accept", times=1, drop=1.0)
    shop.sends(inbox)

    assert confirm_unconfirmed(now=timezone.now()) == 0
    assert confirm_unconfirmed(now=timezone.now() + ASKED_AFTER) == 1

    assert reloaded(answer).delivery == Delivery.SENT
    assert shop.held(network, "On its way.") == 1


def test_what_the_network_does_not_know_stays_in_doubt(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "outbound", lambda: Outbound(allowed=("127.0.0.1",), total_seconds=0.5))
    answer = shop.answers(shop.asked(direct=True))
    shop.sandbox.faults("messenger", answer="timeout", times=1, hold_s=3)
    shop.sends(shop.messenger)
    monkeypatch.undo()

    assert confirm_unconfirmed(now=timezone.now() + ASKED_AFTER) == 0
    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    send_again(answer, by=shop.bea, now=timezone.now())
    assert shop.sends(shop.messenger) == 1

    assert shop.held("messenger", "On its way.") == 1


def test_a_token_that_dies_stops_the_queue_until_somebody_reconnects(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    answers = [shop.answers(ticket, f"answer {n}") for n in range(6)]
    for _ in range(3):
        deliver_next(shop.messenger, now=timezone.now())
    before = len(shop.called("messenger", "messages"))
    shop.sandbox.control("messenger/revoke", {})

    for _ in range(5):
        shop.sends(shop.messenger, ahead=MINUTE)
        wake_all_due(now=timezone.now() + MINUTE)
        confirm_unconfirmed(now=timezone.now() + MINUTE)
    assert reloaded(shop.messenger).state == Inbox.State.RECONNECT
    assert len(shop.called("messenger", "messages")) - before <= 3
    assert {reloaded(answer).delivery for answer in answers[3:]} == {Delivery.QUEUED}
    told = shop.bea.workspace.eventrecord_set.filter(kind="ReconnectRequired")
    assert told.count() == 1

    reconnect(
        shop.messenger,
        credentials=channel("messenger").credentials.model_validate(shop.sandbox.credentials("messenger")),
        by=shop.bea,
        now=timezone.now(),
        public_url=shop.door.url,
    )
    assert shop.sends(shop.messenger, ahead=MINUTE) == 3
    ours = [one["text"] for one in shop.sandbox.state("messenger")["directs"] if one["from_page"]]
    assert ours == [f"answer {n}" for n in range(6)]


def test_an_inbox_that_needs_reconnecting_still_takes_in(shop: Shop) -> None:
    Inbox.objects.update(state=Inbox.State.RECONNECT)

    assert shop.asked().is_open


@pytest.mark.parametrize("fault", ["window", "blocked", "permission"])
def test_what_the_network_refuses_fails_with_its_reason_and_waits_again(shop: Shop, fault: str) -> None:
    ticket = shop.asked(direct=True)
    answer = shop.answers(ticket)
    shop.sandbox.faults("messenger", answer=fault, times=1)

    shop.sends(shop.messenger)

    failed = reloaded(answer)
    assert failed.delivery == Delivery.FAILED
    assert failed.delivery_problem
    assert failed.delivery_reason.startswith("Meta: ")
    assert reloaded(ticket).is_open
    assert ticket.messages.get(direction="in").outcome == Outcome.OPEN


def test_one_refused_reply_does_not_hold_up_the_next(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    shop.answers(ticket, "one")
    second = shop.answers(ticket, "two")
    shop.sandbox.faults("messenger", answer="permission", times=1)

    shop.sends(shop.messenger)

    assert reloaded(second).delivery == Delivery.SENT


def test_likes_and_hiding_reach_the_network_and_may_be_repeated(shop: Shop) -> None:
    ticket = shop.asked("You are all crooks")
    message = ticket.messages.select_related("inbox").get()
    like(message, by=shop.bea, now=timezone.now())
    hide(message, by=shop.bea, now=timezone.now())

    assert shop.sends(shop.facebook) == 2
    Dispatch.objects.update(state=Dispatch.State.QUEUED)
    assert shop.sends(shop.facebook) == 2
    shop.hears()

    state = shop.sandbox.state("facebook")
    assert state["hidden"] == [message.external_id]
    assert [one["object"] for one in state["likes"]] == [message.external_id]
    assert reloaded(message).liked_at is not None
    assert reloaded(message).hidden_at is not None


def test_a_like_taken_back_and_words_shown_again_reach_it_too(shop: Shop) -> None:
    message = shop.asked("Great").messages.select_related("inbox").get()
    for on in (True, False):
        like(message, by=shop.bea, now=timezone.now(), liked=on)
        hide(message, by=shop.bea, now=timezone.now(), hidden=on)

    assert shop.sends(shop.facebook) == 4
    shop.hears()

    state = shop.sandbox.state("facebook")
    assert (state["hidden"], state["likes"]) == ([], [])
    assert reloaded(message).liked_at is None
    assert reloaded(message).hidden_at is None


def test_a_like_of_what_is_gone_is_not_shown_as_given(shop: Shop) -> None:
    message = shop.asked("Great").messages.select_related("inbox").get()
    like(message, by=shop.bea, now=timezone.now())
    shop.sandbox.delete("facebook", message.external_id)

    shop.sends(shop.facebook)

    assert reloaded(message).liked_at is None
    assert reloaded(message.ticket).is_open


def test_a_crash_in_the_middle_of_a_call_leaves_a_doubt_and_no_second_call(shop: Shop) -> None:
    answer = shop.answers(shop.asked(direct=True))
    begun = timezone.now()
    Dispatch.objects.update(state=Dispatch.State.SENDING, claimed_at=begun, attempts=1)
    Message.objects.filter(pk=answer.pk).update(delivery=Delivery.SENDING)

    assert rescue_claimed(now=begun + LEASE) == 0
    assert rescue_claimed(now=begun + LEASE + timedelta(seconds=1)) == 1
    shop.sends(shop.messenger, ahead=MINUTE)

    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    assert shop.called("messenger", "messages") == []


def test_a_crash_in_the_middle_of_a_like_is_simply_repeated(shop: Shop) -> None:
    message = shop.asked("Great").messages.select_related("inbox").get()
    like(message, by=shop.bea, now=timezone.now())
    begun = timezone.now()
    Dispatch.objects.update(state=Dispatch.State.SENDING, claimed_at=begun, attempts=1)

    rescue_claimed(now=begun + 2 * LEASE)
    assert shop.sends(shop.facebook, ahead=3 * LEASE) == 1

    assert Dispatch.objects.get().state == Dispatch.State.DONE


def test_an_answer_that_comes_after_the_rescue_changes_the_doubt_into_certainty(shop: Shop) -> None:
    answer = shop.answers(shop.asked(direct=True))
    shop.sandbox.faults("messenger", answer="reset_after_accept", times=1)
    shop.sends(shop.messenger)
    assert Dispatch.objects.get().state == Dispatch.State.UNCONFIRMED

    shop.hears()

    assert Dispatch.objects.get().state == Dispatch.State.DONE
    assert reloaded(answer).delivery != Delivery.UNCONFIRMED


def test_two_drains_at_once_send_nothing_twice(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    texts = [f"answer {n}" for n in range(12)]
    for text in texts:
        shop.answers(ticket, text)

    drains = [threading.Thread(target=_drain, args=(shop, shop.messenger)) for _ in range(3)]
    for drain in drains:
        drain.start()
    for drain in drains:
        drain.join(60)
    shop.sends(shop.messenger, ahead=MINUTE)

    ours = [one["text"] for one in shop.sandbox.state("messenger")["directs"] if one["from_page"]]
    assert sorted(ours) == sorted(texts)


def test_taking_back_while_it_is_being_sent_ends_in_one_of_the_two(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    answers = [shop.answers(ticket, f"answer {n}") for n in range(10)]
    drain = threading.Thread(target=_drain, args=(shop, shop.messenger))
    drain.start()
    taken_back = 0
    for answer in reversed(answers):
        with suppress(CannotCancel):
            cancel(answer, by=shop.bea, now=timezone.now())
            taken_back += 1
    drain.join(60)
    shop.sends(shop.messenger, ahead=MINUTE)

    for answer in answers:
        gone = reloaded(answer).delivery == Delivery.CANCELLED
        assert shop.held("messenger", answer.text) == (0 if gone else 1)
    assert taken_back == Message.objects.filter(delivery=Delivery.CANCELLED).count()


def test_disconnecting_fails_what_was_queued_and_its_messages_wait_again(shop: Shop) -> None:
    ticket = shop.asked(direct=True)
    answer = shop.answers(ticket)

    disconnect(shop.messenger, by=shop.bea, now=timezone.now(), public_url=shop.door.url)

    assert reloaded(answer).delivery == Delivery.FAILED
    assert "disconnected" in reloaded(answer).delivery_reason
    assert reloaded(ticket).is_open
    assert shop.sends(shop.messenger, ahead=MINUTE) == 0
    assert shop.called("messenger", "messages") == []


def test_the_job_rings_again_for_what_is_due_later(shop: Shop) -> None:
    shop.bea.workspace.undo_seconds = 30
    shop.bea.workspace.save()
    answer = shop.answers(shop.asked())
    due_at = Dispatch.objects.get(message=answer).due_at
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        send_due(inbox_id=shop.facebook.pk)
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name LIKE '%send_due'")
        assert cursor.fetchall() == [(due_at,)]


def test_the_private_answer_to_a_comment_goes_on_in_the_same_ticket(shop: Shop) -> None:
    ticket = shop.asked()
    answer = shop.answers(ticket, "Your order number, please?", private=True)

    shop.sends(shop.facebook)
    shop.hears()
    shop.sandbox.say("messenger", by="jana", text="It is 4711")
    shop.hears()

    assert reloaded(answer).delivery in (Delivery.SENT, Delivery.DELIVERED)
    assert reloaded(answer).inbox == shop.messenger
    assert Message.objects.get(text="It is 4711").ticket == ticket
    assert Message.objects.filter(direction="out").count() == 1
    follow_up = shop.answers(ticket, "Thank you.", private=True)
    shop.sends(shop.messenger)
    assert reloaded(follow_up).delivery == Delivery.SENT


def _drain(shop: Shop, inbox: Inbox) -> None:
    try:
        shop.sends(Inbox.objects.get(pk=inbox.pk), ahead=MINUTE)
    finally:
        connection.close()


def _take_in_until(done: threading.Event) -> None:
    try:
        while not done.is_set():
            calls.take_all(now=timezone.now())
            done.wait(0.02)
    finally:
        connection.close()

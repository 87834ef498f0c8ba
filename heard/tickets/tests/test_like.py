from __future__ import annotations

import pytest

from heard.channels.contract import Reaction
from heard.outbox.models import Dispatch
from heard.tickets.like import CannotLike, like, like_failed
from heard.tickets.models import Outcome, State
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_a_like_thanks_and_ends_the_waiting(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop"))

    like(message, by=bea, now=facebook.tick())

    assert reloaded(message).outcome == Outcome.THANKED
    assert reloaded(message.ticket).state == State.ANSWERED
    assert Dispatch.objects.get().action == Dispatch.Action.LIKE


def test_a_like_taken_back_lets_the_message_wait_again(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop"))
    like(message, by=bea, now=facebook.tick())

    like(message, by=bea, now=facebook.tick(), liked=False)

    assert reloaded(message).outcome == Outcome.OPEN
    assert reloaded(message).liked_at is None
    assert reloaded(message.ticket).is_open


def test_liking_twice_calls_the_network_once(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop"))

    like(message, by=bea, now=facebook.tick())
    like(message, by=bea, now=facebook.tick())

    assert Dispatch.objects.count() == 1


def test_an_answered_message_stays_answered_whether_liked_or_not(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop, where is my parcel?"))
    reply(message.ticket, text="On its way.", by=bea, now=facebook.tick())

    like(message, by=bea, now=facebook.tick())
    like(message, by=bea, now=facebook.tick(), liked=False)

    assert reloaded(message).outcome == Outcome.ANSWERED


def test_a_like_that_the_network_refused_thanked_nobody(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop"))
    like(message, by=bea, now=facebook.tick())

    like_failed(message, liked=True, problem="gone", reason="It was deleted.", now=facebook.tick())

    assert reloaded(message).liked_at is None
    assert reloaded(message.ticket).is_open


def test_a_like_that_could_not_be_taken_back_still_thanks(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("Great shop"))
    like(message, by=bea, now=facebook.tick())
    like(message, by=bea, now=facebook.tick(), liked=False)

    like_failed(message, liked=False, problem="gone", reason="It was deleted.", now=facebook.tick())

    assert reloaded(message).liked_at is not None
    assert reloaded(message).outcome == Outcome.THANKED


def test_our_own_words_cannot_be_liked(facebook: Network, bea: Agent) -> None:
    answer = reply(a_ticket(facebook, said="Hi"), text="Hello.", by=bea, now=facebook.tick())

    with pytest.raises(CannotLike):
        like(answer, by=bea, now=facebook.tick())


def test_a_like_given_in_the_networks_own_app_shows_and_answers_nothing(facebook: Network) -> None:
    id = facebook.comment("Great shop")

    facebook.take(Reaction(external_id=id, ours=True, name="like", at=facebook.tick(), raw={"n": 1}))

    assert facebook.message(id).liked_at == facebook.now
    assert facebook.message(id).outcome == Outcome.OPEN

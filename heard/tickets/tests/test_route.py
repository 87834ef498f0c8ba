from __future__ import annotations

from datetime import timedelta

import pytest

from heard.channels.contract import Kind
from heard.inboxes.models import Inbox
from heard.tickets.delivery import mark_failed, mark_sending, mark_sent
from heard.tickets.models import Message
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.route import NoWay, Route, route, routes
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox


def test_a_comment_can_be_answered_in_public_and_once_in_private(facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    ways = routes(ticket)

    assert _open(ways["public"]).public
    assert _open(ways["private"]).private_reply


def test_a_direct_message_has_no_public_way(messenger: Network) -> None:
    ways = routes(a_ticket(messenger, said="Hello", direct=True))

    assert isinstance(ways["public"], NoWay)
    assert _open(ways["private"]).kind == "direct"


def test_a_review_has_no_private_way(facebook: Network) -> None:
    fact = facebook.a_comment("r1", "Bad", kind=Kind.REVIEW, stars=1)
    facebook.take(fact)

    closed = routes(facebook.ticket("r1"))["private"]

    assert isinstance(closed, NoWay)
    assert closed.code == "no_private_reply"


def test_a_disconnected_inbox_has_no_way_at_all(facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    Inbox.objects.update(state=Inbox.State.DISCONNECTED)

    assert {str(way) for way in routes(ticket).values()} == {"disconnected"}


def test_an_inbox_that_needs_reconnecting_takes_replies_for_later(facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    Inbox.objects.update(state=Inbox.State.RECONNECT)

    assert isinstance(routes(ticket)["public"], Route)


def test_the_window_closes_a_day_after_the_last_word(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Hello", direct=True)
    way = route(ticket, private=True)
    at = ticket.messages.get().at

    assert way.closes_at == at + timedelta(hours=24)
    assert not way.is_closed(at + timedelta(hours=24) - timedelta(seconds=1))
    assert way.is_closed(at + timedelta(hours=24))
    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text="Hi", by=bea, now=at + timedelta(hours=24))
    assert [one.code for one in stopped.value.findings] == ["window.closed"]


def test_a_new_word_opens_the_window_again(messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Hello", direct=True)
    messenger.tick(hours=30)
    newest = messenger.message(messenger.direct("Still there?"))

    assert route(ticket, private=True).closes_at == newest.at + timedelta(hours=24)


def test_the_human_agent_window_takes_a_persons_answer_for_a_week(messenger: Network, bea: Agent) -> None:
    Inbox.objects.update(extended_window=True)
    ticket = a_ticket(messenger, said="Hello", direct=True)
    messenger.tick(days=3)

    answer = reply(ticket, text="Sorry for the wait.", by=bea, now=messenger.now)

    assert answer.extended
    assert route(ticket, private=True).is_closed(messenger.tick(days=4))


def test_within_the_day_the_ordinary_window_is_used(messenger: Network, bea: Agent) -> None:
    Inbox.objects.update(extended_window=True)
    ticket = a_ticket(messenger, said="Hello", direct=True)

    assert not reply(ticket, text="Hi", by=bea, now=messenger.tick()).extended


def test_a_comment_is_answered_in_private_once(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    first = reply(ticket, text="Your order number, please.", by=bea, now=facebook.tick(), private=True)

    with pytest.raises(NoWay) as closed:
        route(ticket, private=True)

    assert first.private_reply
    assert not first.public
    assert closed.value.code == "already_replied_privately"


def test_a_private_reply_that_failed_was_none(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    first = reply(ticket, text="Your order number, please.", by=bea, now=facebook.tick(), private=True)
    mark_sending(first)
    mark_failed(first, problem="transient", reason="down", now=facebook.tick())

    assert route(ticket, private=True).private_reply


def test_a_private_reply_is_possible_for_a_week(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(ReplyStopped):
        reply(ticket, text="Hi", by=bea, now=facebook.tick(days=7), private=True)


def test_a_running_private_conversation_goes_before_another_private_reply(
    facebook: Network, bea: Agent
) -> None:
    root, psid = _answered_in_private(facebook, bea)

    way = route(facebook.ticket(root), private=True, to=facebook.message(root))

    assert (way.kind, way.inbox.channel, way.thread.key) == ("direct", "messenger", psid)


def test_words_that_were_removed_are_not_answered(facebook: Network) -> None:
    root = facebook.comment("Where is my parcel?")
    Message.objects.update(removed_at=facebook.now)

    with pytest.raises(NoWay) as closed:
        route(facebook.ticket(root), private=False)

    assert closed.value.code == "nothing_to_answer"


def _answered_in_private(facebook: Network, bea: Agent) -> tuple[str, str]:
    private = Network(an_inbox(bea.workspace, "messenger"), now=facebook.now)
    root = facebook.comment("Where is my parcel?")
    ticket = facebook.ticket(root)
    answer = reply(ticket, text="Your order number?", by=bea, now=facebook.tick(), private=True)
    mark_sending(answer)
    mark_sent(answer, external_id="m1", recipient="person-psid", now=facebook.tick())
    private.tick(minutes=5)
    private.direct("It is 4711", by="psid")
    return root, "person-psid"


def _open(way: Route | NoWay) -> Route:
    assert isinstance(way, Route)
    return way

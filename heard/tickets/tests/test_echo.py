from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heard.channels.contract import Kind, Media, MessageIn, Person, Reaction
from heard.ingest.models import LedgerLine
from heard.ingest.parked import give_up_parked
from heard.tickets.delivery import mark_sending, mark_sent, mark_unconfirmed
from heard.tickets.models import Delivery, Message, Outcome
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import Network, reloaded

PAGE = Person("104500", name="Acme Shop")


def test_the_echo_of_what_we_sent_is_known_by_its_id(messenger: Network, bea: Agent) -> None:
    answer = _sending(messenger, bea)
    mark_sent(answer, external_id="m1", now=messenger.tick())

    assert messenger.take(_direct_echo(messenger, "m1", "On its way.")) == ["ours"]

    assert Message.objects.filter(direction="out").count() == 1
    assert reloaded(answer).sent_at == messenger.now


def test_the_echo_may_come_before_the_networks_answer(messenger: Network, bea: Agent) -> None:
    answer = _sending(messenger, bea)

    messenger.take(_direct_echo(messenger, "m1", "On its way.", token=str(answer.token)))
    mark_sent(answer, external_id="m1", now=messenger.tick())

    final = reloaded(answer)
    assert (final.delivery, final.external_id) == (Delivery.SENT, "m1")
    assert Message.objects.filter(direction="out").count() == 1


def test_an_echo_without_our_mark_is_known_by_its_words(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?")
    answer = reply(facebook.ticket(root), text="On its way. ", by=bea, now=facebook.tick())
    mark_sending(answer)

    facebook.take(_comment_echo(facebook, "r1", "On its way.", under=root))

    assert (reloaded(answer).delivery, reloaded(answer).external_id) == (Delivery.SENT, "r1")


def test_an_answer_that_waited_for_hours_is_still_known_by_its_words(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?")
    answer = reply(facebook.ticket(root), text="On its way.", by=bea, now=facebook.tick())
    facebook.tick(hours=7)
    mark_sending(answer)

    facebook.take(_comment_echo(facebook, "r1", "On its way.", under=root))

    assert reloaded(answer).external_id == "r1"


def test_a_reply_to_a_reply_is_known_though_the_network_hangs_it_higher(
    facebook: Network, bea: Agent
) -> None:
    root = facebook.comment("Where is my parcel?")
    below = facebook.comment("Mine too", by="Dana", under=root)
    ticket = facebook.ticket(root)
    answer = reply(ticket, text="Both.", by=bea, now=facebook.tick(), to=facebook.message(below))
    mark_sending(answer)

    facebook.take(_comment_echo(facebook, "r1", "Both.", under=root))

    assert reloaded(answer).external_id == "r1"


def test_words_taken_for_a_colleagues_become_ours_when_the_network_answers(
    facebook: Network, bea: Agent
) -> None:
    root = facebook.comment("Where is my parcel?")
    answer = reply(facebook.ticket(root), text="On its way :-)", by=bea, now=facebook.tick())
    mark_sending(answer)
    facebook.take(_comment_echo(facebook, "r1", "On its way 🙂", under=root))
    love = Reaction(external_id="r1", author=PAGE, name="love", at=facebook.tick(), raw={"n": 1})
    facebook.take(love)

    mark_sent(answer, external_id="r1", now=facebook.tick())

    assert Message.objects.get(direction="out") == answer
    assert reloaded(answer).external_id == "r1"
    assert reloaded(answer).reactions.get().name == "love"
    assert facebook.message(root).answered_by == answer


def test_the_echo_settles_what_was_in_doubt(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?")
    answer = reply(facebook.ticket(root), text="On its way.", by=bea, now=facebook.tick())
    mark_sending(answer)
    mark_unconfirmed(answer, reason="No answer came.", now=facebook.tick())

    facebook.take(_comment_echo(facebook, "r1", "On its way.", under=root))

    assert reloaded(answer).delivery == Delivery.SENT


def test_the_same_words_written_a_week_later_do_not_settle_an_old_doubt(
    facebook: Network, bea: Agent
) -> None:
    root = facebook.comment("Where is my parcel?")
    answer = reply(facebook.ticket(root), text="Thanks!", by=bea, now=facebook.tick())
    mark_sending(answer)
    mark_unconfirmed(answer, reason="No answer came.", now=facebook.tick())
    facebook.tick(days=7)

    facebook.take(_comment_echo(facebook, "r1", "Thanks!", under=root))

    assert reloaded(answer).delivery == Delivery.UNCONFIRMED
    assert facebook.message("r1") != answer


def test_what_was_typed_in_the_networks_own_app_answers_what_waits(messenger: Network) -> None:
    id = messenger.direct("Where is my parcel?")

    assert messenger.take(_direct_echo(messenger, "m1", "On its way.")) == ["ours"]

    own = messenger.message("m1")
    assert (own.direction, own.delivery, own.agent) == ("out", Delivery.SENT, None)
    assert messenger.message(id).outcome == Outcome.ANSWERED
    assert messenger.message(id).answered_by == own
    assert messenger.ticket(id).state == "answered"


def test_a_public_answer_in_the_own_app_answers_its_author_alone(facebook: Network) -> None:
    root = facebook.comment("Where is my parcel?")
    other = facebook.comment("And mine?", by="Dana", under=root)

    facebook.take(_comment_echo(facebook, "r1", "Tomorrow.", under=root))

    assert facebook.message(root).outcome == Outcome.ANSWERED
    assert facebook.message(other).outcome == Outcome.OPEN


def test_the_same_words_from_the_own_app_twice_are_one_message(messenger: Network) -> None:
    messenger.direct("Where is my parcel?")
    echo = _direct_echo(messenger, "m1", "On its way.")

    messenger.take(echo)
    messenger.take(echo)

    assert Message.objects.filter(direction="out").count() == 1


def test_an_answer_that_overtakes_the_question_waits_for_it(messenger: Network) -> None:
    asked_at, now = messenger.tick(), messenger.tick(minutes=1)
    late = calls.own_direct("m1", "On its way.", at=messenger.tick())
    calls.stored(messenger.inbox, late, calls.direct_felt("m1", "❤", at=messenger.tick()), now=now)
    calls.take_all(now=now)
    assert set(LedgerLine.objects.values_list("place", flat=True)) == {"parked"}

    calls.stored(messenger.inbox, calls.direct("q1", "Where is my parcel?", at=asked_at), now=now)
    calls.take_all(now=now)

    assert messenger.message("q1").outcome == Outcome.ANSWERED
    assert messenger.message("m1").ticket == messenger.ticket("q1")
    assert messenger.message("m1").reactions.get().name == "love"
    assert set(LedgerLine.objects.values_list("place", flat=True)) == {"ours", "message", "update"}


def test_our_own_comment_is_there_when_somebody_answers_it(facebook: Network) -> None:
    ours = calls.own_comment("ours-1", "Who likes it?", at=facebook.tick())
    calls.stored(facebook.inbox, ours, now=facebook.now)
    calls.take_all(now=facebook.now)

    id = facebook.comment("I do", under="ours-1")

    assert facebook.message("ours-1").ticket == facebook.ticket(id)
    assert facebook.message(id).outcome == Outcome.OPEN


def test_what_nobody_ever_answers_is_ours_and_nothing_more(facebook: Network) -> None:
    facebook.take(_comment_echo(facebook, "ours-1", "Who likes it?", under=""))
    line = LedgerLine.objects.get()

    give_up_parked(now=line.created_at + timedelta(hours=25))

    assert reloaded(line).place == "ours"


def test_a_picture_from_the_own_app_is_kept(messenger: Network) -> None:
    messenger.direct("How does it look?")
    picture = Media("image", "https://scontent.fbcdn.net/a.jpg")

    messenger.take(_direct_echo(messenger, "m1", "", media=[picture]))

    assert messenger.message("m1").attachments.get().url == picture.url


@pytest.mark.parametrize("token", ["", "not-a-uuid", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_a_mark_that_is_not_ours_means_nothing(messenger: Network, token: str) -> None:
    messenger.direct("Hello")

    assert messenger.take(_direct_echo(messenger, "m1", "Hi", token=token)) == ["ours"]


def _sending(network: Network, by: Agent) -> Message:
    ticket = network.ticket(network.direct("Where is my parcel?"))
    answer = reply(ticket, text="On its way.", by=by, now=network.tick())
    assert mark_sending(answer)
    return answer


def _direct_echo(network: Network, id: str, text: str, **fields: Any) -> MessageIn:
    return MessageIn(
        kind=Kind.DIRECT,
        external_id=id,
        thread="person-jana",
        to="person-jana",
        text=text,
        author=PAGE,
        ours=True,
        public=False,
        at=network.tick(),
        **fields,
    )


def _comment_echo(network: Network, id: str, text: str, *, under: str) -> MessageIn:
    return MessageIn(
        kind=Kind.COMMENT,
        external_id=id,
        thread=under or id,
        parent=under,
        text=text,
        author=PAGE,
        ours=True,
        at=network.tick(),
    )

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.replies.differences import Change, difference, share_kept
from heard.replies.models import ReplyVersion, SavedReply
from heard.replies.tests.shelf import CS, EN, EN_TU, IN_CZECH, IN_ENGLISH, a_reply, texts_of
from heard.replies.versions import compared, restore, versions_of
from heard.replies.write import say
from heard.workspaces.models import Agent
from tests.cast import NOON

written = st.text(alphabet="ab ,.\n{}č", max_size=40)


def version(reply: SavedReply, number: int) -> ReplyVersion:
    return reply.versions.get(number=number)


def test_every_change_is_a_version_and_any_two_are_compared_by_words(bea: Agent, ann: Agent) -> None:
    reply = a_reply(bea)
    say(reply, EN, "Your order is late, {customer.name}.", by=ann, now=NOON)
    say(reply, EN_TU, "Late.", by=bea, now=NOON)

    assert [(one.number, one.by) for one in versions_of(reply)] == [(3, bea), (2, ann), (1, bea)]
    added, changed = compared(version(reply, 1), version(reply, 3))
    assert (added.way, [(one.change, one.text) for one in added.pieces]) == (
        EN,
        [
            (Change.SAME, "Your order is "),
            (Change.OUT, "on its way"),
            (Change.IN, "late"),
            (Change.SAME, ", {customer.name}."),
        ],
    )
    assert (changed.way, [(one.change, one.text) for one in changed.pieces]) == (
        EN_TU,
        [(Change.IN, "Late.")],
    )


def test_back_to_a_version_is_a_new_one_with_its_words(bea: Agent) -> None:
    reply = a_reply(bea)
    say(reply, EN, "Otherwise.", by=bea, now=NOON)
    say(reply, CS, "", by=bea, now=NOON)

    restored = restore(reply, version(reply, 1), by=bea, now=NOON)

    assert (restored.version, texts_of(reply)) == (4, {EN: IN_ENGLISH, CS: IN_CZECH})
    assert compared(version(reply, 1), version(reply, 4)) == []


def test_what_was_loaded_without_a_version_gets_its_first_at_its_first_change(bea: Agent) -> None:
    reply = a_reply(bea)
    ReplyVersion.objects.all().delete()

    say(reply, EN, "Otherwise.", by=bea, now=NOON)

    assert [(one.number, one.by) for one in versions_of(reply)] == [(2, bea), (1, None)]
    assert len(compared(version(reply, 1), version(reply, 2))) == 1


@given(written, written)
@settings(max_examples=300, deadline=None)
def test_the_pieces_of_a_difference_make_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)

    assert "".join(one.text for one in pieces if one.change != Change.IN) == before
    assert "".join(one.text for one in pieces if one.change != Change.OUT) == after
    assert (before == after) == all(one.change == Change.SAME for one in pieces)


def test_a_long_text_of_one_word_is_compared_in_time() -> None:
    before, after = "a " * 4_000, "a b " * 2_000

    pieces = difference(before, after)

    assert "".join(one.text for one in pieces if one.change != Change.OUT) == after


@pytest.mark.parametrize(
    ("inserted", "sent", "kept"),
    [
        ("Your order is on its way.", "Your order is on its way.", 1.0),
        ("Your order is on its way.", "Hello Jana,\nyour order is on its way. Bea", 1.0),
        ("Your order {order_number} is [when].", "Your order A-1 is here on Monday.", 1.0),
        ("One two three four", "One two", 0.5),
        ("One two three four", "Nothing of it", 0.0),
        ("{eta}", "Monday", 1.0),
    ],
)
def test_what_is_kept_is_counted_by_words_and_blanks_do_not_count(
    inserted: str, sent: str, kept: float
) -> None:
    assert share_kept(inserted, sent) == kept

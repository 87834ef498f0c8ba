"""No item with no verb may be lost: what says nothing about a message is a happening."""

from __future__ import annotations

import itertools

import pytest

from heard.channels.conftest import PAGE, a_hook
from heard.channels.contract import Hook, Ignored, MessageIn, PostPublished
from heard.channels.facebook.changes import KNOWN_VERBS, READERS
from heard.channels.meta.deliveries import parse

ALL = [
    (field, item, verb)
    for field in READERS
    for item in sorted(READERS[field])
    for verb in sorted(KNOWN_VERBS)
]


def a_change(field: str, **value: object) -> Hook:
    change = {"field": field, "value": value}
    return a_hook({"object": "page", "entry": [{"id": PAGE, "time": 1791000000, "changes": [change]}]})


@pytest.mark.parametrize(("field", "item", "verb"), ALL)
def test_every_item_with_every_verb_is_a_fact(field: str, item: str, verb: str) -> None:
    ids = {"comment_id": "5_1", "post_id": "104500_5", "open_graph_story_id": "5"}
    for author in ({"id": PAGE}, {"id": "77"}, None):
        hook = a_change(field, item=item, verb=verb, **ids, **{"from": author})
        [fact] = parse(hook)
        assert not isinstance(fact, Ignored), fact.reason


@pytest.mark.parametrize("parent", ["104500_555100", "104500_777777", "", None, "555100_900001"])
def test_a_comment_on_the_post_itself_starts_a_thread(parent: str | None) -> None:
    # 104500_777777: an advert has a second id beside that of its post.
    ids = {"comment_id": "555100_900001", "post_id": "104500_555100", "parent_id": parent}
    [fact] = parse(a_change("feed", item="comment", verb="add", **ids))
    assert isinstance(fact, MessageIn)
    assert fact.thread == "555100_900001"
    assert fact.parent == ""


@pytest.mark.parametrize("item", ["post", "photo", "status", "share"])
def test_a_post_without_an_author_is_taken_for_a_visitors(item: str) -> None:
    [fact] = parse(a_change("feed", item=item, verb="add", post_id="104500_5"))
    assert isinstance(fact, MessageIn)
    assert fact.author is None


@pytest.mark.parametrize(
    ("promotion", "published", "advert"),
    [
        *((status, None, True) for status in ("active", "paused", "finished", "pending")),
        *((status, None, False) for status in ("inactive", "ineligible", None)),
        ("inactive", 0, True),
        ("inactive", "1", False),
        (None, False, True),
    ],
)
def test_promoted_or_unpublished_posts_are_adverts(
    promotion: str | None, published: object, advert: bool
) -> None:
    said = {"promotion_status": promotion, "published": published}
    hook = a_change("feed", item="status", verb="add", post_id="1_5", **{"from": {"id": PAGE}}, **said)
    [fact] = parse(hook)
    assert isinstance(fact, PostPublished)
    assert fact.post.advert is advert


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", 7, "//evil.example"])
def test_what_is_no_web_address_never_becomes_a_link(url: object) -> None:
    [fact] = parse(a_change("feed", item="share", verb="add", post_id="1_5", link=url))
    assert isinstance(fact, MessageIn)
    assert fact.media == ()


def test_wrong_types_in_places_that_matter_are_ignored_with_the_place() -> None:
    wrong = [("message", 7), ("comment_id", ["x"]), ("from", "Ana"), ("comment_id", True), ("item", {})]
    for (key, value), verb in itertools.product(wrong, ("add", "edited")):
        said = {"item": "comment", "verb": verb, "comment_id": "5_1", "post_id": "1_5"} | {key: value}
        [fact] = parse(a_change("feed", **said))
        assert isinstance(fact, Ignored)
        assert key in fact.reason

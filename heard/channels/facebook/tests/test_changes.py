"""Every kind of change that Meta documents, read into the fact that it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from heard.channels.conftest import PAGE, Read
from heard.channels.contract import (
    Happening,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    MessageIn,
    Person,
    PostPublished,
    Reaction,
)

ANA = Person("7788990011", name="Ana Petrova")
COMMENT, POST, REVIEW = "555100_900001", "104500_555777", "904801"
T = 1_791_000_000


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(T + seconds, UTC)


EXPECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "comment": (
        MessageIn,
        {
            "kind": Kind.COMMENT,
            "external_id": COMMENT,
            "thread": COMMENT,
            "parent": "",
            "text": "Order 5521 never arrived",
            "author": ANA,
            "ours": False,
            "public": True,
            "at": at(0),
            "media": (),
        },
    ),
    "comment_edited": (
        MessageEdited,
        {"external_id": COMMENT, "text": "Order 5521 never arrived, sent on 2 October", "at": at(60)},
    ),
    "comment_edit": (MessageEdited, {"external_id": COMMENT, "text": "Order 5522 never arrived"}),
    "comment_updated": (MessageEdited, {"external_id": COMMENT, "text": "Order 5521 arrived"}),
    "comment_removed": (MessageDeleted, {"external_id": COMMENT, "by_us": False, "at": at(80)}),
    "comment_hidden": (MessageHidden, {"external_id": COMMENT, "hidden": True}),
    "comment_unhidden": (MessageHidden, {"external_id": COMMENT, "hidden": False}),
    "comment_without_author": (MessageIn, {"author": None, "ours": False, "text": "Здравей ä 👋"}),
    "comment_old_sender": (MessageIn, {"author": ANA}),
    "comment_numeric_ids": (MessageIn, {"external_id": "900001", "thread": "900001", "author": ANA}),
    "comment_by_page": (
        MessageIn,
        {
            "external_id": "555100_900777",
            "thread": COMMENT,
            "parent": COMMENT,
            "ours": True,
            "author": Person(PAGE, name="Acme"),
        },
    ),
    "comment_author_blocked": (Happening, {"name": "block", "address": ANA.address}),
    "comment_author_unblocked": (Happening, {"name": "unblock", "address": ANA.address}),
    "comment_author_muted": (Happening, {"name": "mute", "address": ANA.address}),
    "reply": (
        MessageIn,
        {"kind": Kind.COMMENT, "external_id": "555100_900002", "thread": COMMENT, "parent": COMMENT},
    ),
    "visitor_post": (
        MessageIn,
        {"kind": Kind.POST, "external_id": POST, "thread": POST, "author": ANA, "ours": False, "post": None},
    ),
    "visitor_post_edit": (MessageEdited, {"external_id": POST, "text": "Is the shop open on Saturday?"}),
    "visitor_post_removed": (MessageDeleted, {"external_id": POST, "by_us": False}),
    "visitor_post_hidden": (MessageHidden, {"external_id": POST, "hidden": True}),
    "visitor_post_unhidden": (MessageHidden, {"external_id": POST, "hidden": False}),
    "visitor_share": (MessageIn, {"kind": Kind.POST, "external_id": "104500_555102", "text": "look"}),
    "visitor_photo": (MessageIn, {"kind": Kind.POST, "external_id": "104500_555103"}),
    "page_status": (PostPublished, {"removed": False}),
    "page_status_edited": (PostPublished, {"removed": False}),
    "page_status_removed": (PostPublished, {"removed": True}),
    "page_status_hidden": (MessageHidden, {"external_id": "104500_555100", "hidden": True}),
    "page_unpublished_post": (PostPublished, {"removed": False}),
    "reaction_on_comment": (
        Reaction,
        {"external_id": COMMENT, "emoji": "❤️", "name": "love", "added": True, "ours": False},
    ),
    "reaction_on_post": (Reaction, {"external_id": "104500_555100", "emoji": "😢", "name": "sorry"}),
    "reaction_on_reply": (Reaction, {"external_id": "555100_900002", "emoji": "😡"}),
    "reaction_changed": (Reaction, {"external_id": COMMENT, "name": "haha", "added": True}),
    "reaction_removed": (Reaction, {"external_id": COMMENT, "added": False}),
    "reaction_by_page": (Reaction, {"external_id": COMMENT, "ours": True, "emoji": "👍"}),
    "like_of_comment": (Reaction, {"external_id": COMMENT, "name": "like", "emoji": "👍", "author": ANA}),
    "like_of_comment_removed": (Reaction, {"external_id": COMMENT, "added": False}),
    "like_of_page": (Happening, {"name": "page_liked", "address": "7788990011"}),
    "mention_in_comment": (
        MessageIn,
        {"kind": Kind.MENTION, "external_id": "7363534_375479", "thread": "7363534_375479", "author": None},
    ),
    "mention_in_post": (
        MessageIn,
        {"kind": Kind.MENTION, "thread": "998877_98722", "author": Person("998877", name="Some Page")},
    ),
    "mention_edited": (MessageEdited, {"external_id": "998877_98722", "text": "many thanks @Acme"}),
    "mention_removed": (MessageDeleted, {"external_id": "7363534_375479"}),
    "review_stars": (
        MessageIn,
        {
            "kind": Kind.REVIEW,
            "external_id": REVIEW,
            "thread": REVIEW,
            "stars": 3,
            "recommends": None,
            "author": Person("7059", name="Ana"),
        },
    ),
    "review_recommends": (MessageIn, {"external_id": "904802", "stars": None, "recommends": True}),
    "review_warns": (MessageIn, {"external_id": "904803", "recommends": False, "text": ""}),
    "review_edited": (MessageEdited, {"external_id": REVIEW, "text": "They put it right", "stars": 5}),
    "review_removed": (MessageDeleted, {"external_id": REVIEW}),
    "review_comment": (
        MessageIn,
        {"kind": Kind.COMMENT, "external_id": "904801_1", "thread": REVIEW, "parent": REVIEW},
    ),
    "review_comment_by_page": (MessageIn, {"thread": REVIEW, "parent": "904801_1", "ours": True}),
    "review_reaction": (Reaction, {"external_id": "104500_904801"}),
    "change_in_the_entry": (MessageIn, {"external_id": COMMENT}),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_change_is_read_as_what_it_is(name: str, read: Read) -> None:
    kind, values = EXPECTED[name]
    [fact] = read(name)
    assert type(fact) is kind
    assert {key: getattr(fact, key) for key in values} == values
    assert (fact.account, fact.channel) == (PAGE, "facebook")


def media(facts: Iterable[Any]) -> list[tuple[str, str]]:
    return [(item.kind, item.url) for fact in facts for item in fact.media]


def test_pictures_and_links_come_along(read: Read) -> None:
    assert media(read("comment_photo")) == [("image", "https://scontent.xx.fbcdn.net/v/1.jpg?oh=1")]
    assert media(read("comment_video")) == [("video", "https://video.xx.fbcdn.net/v/1.mp4?oh=1")]
    assert media(read("visitor_share")) == [("link", "https://example.org")]
    assert media(read("visitor_photo")) == [("image", "https://scontent.xx.fbcdn.net/v/3.jpg")]


@pytest.mark.parametrize(
    "item", ["photo", "video", "link", "album", "event", "note", "offer", "poll", "story"]
)
def test_whatever_the_page_publishes_is_a_post_of_ours(item: str, read: Read) -> None:
    [fact] = read(f"page_{item}")
    assert isinstance(fact, PostPublished)
    assert fact.post.external_id
    assert fact.post.author_name == "Acme"
    assert not fact.post.advert


def test_a_post_comes_with_its_first_picture(read: Read) -> None:
    [fact] = read("page_status")
    assert isinstance(fact, PostPublished)
    assert fact.post.picture_url == "https://scontent.xx.fbcdn.net/v/1.jpg"
    assert fact.post.text == "New opening hours"


def test_a_comment_knows_the_post_it_hangs_on(read: Read) -> None:
    [fact] = read("comment")
    assert isinstance(fact, MessageIn)
    assert fact.post is not None
    assert fact.post.external_id == "104500_555100"
    assert fact.post.permalink == "https://www.facebook.com/104500/posts/555100"
    assert not fact.post.advert


def test_adverts_are_marked(read: Read) -> None:
    [comment] = read("comment_on_advert")
    [post] = read("page_unpublished_post")
    assert isinstance(comment, MessageIn)
    assert isinstance(post, PostPublished)
    assert comment.post is not None
    assert comment.post.advert
    assert post.post.advert

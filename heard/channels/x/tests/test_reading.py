"""Every kind of event that X documents, read into the fact that it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from heard.channels.contract import (
    Happening,
    Hook,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
    PostPublished,
    Reaction,
    Receipt,
)
from heard.channels.x.deliveries import ACCOUNT, ASKED, parse
from heard.channels.x.directs import ENCRYPTED
from heard.channels.x.posts import NOT_SUMMONED

FIXTURES = Path(__file__).parent.parent / "fixtures"
ACME, MENTION, POST = "111", "2080765813578191303", "2080765000000000001"
ANA = Person("222", "Ana Petrova", "ana_p", "https://pbs.twimg.com/profile_images/1/ana_200x200.jpg")
NOON = datetime(2026, 10, 3, 10, tzinfo=UTC)


def read(name: str, headers: dict[str, str] | None = None) -> list[Incoming]:
    return parse(Hook("POST", {}, headers or {}, (FIXTURES / f"{name}.json").read_bytes()))


EXPECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "mention": (
        MessageIn,
        {
            "account": ACME,
            "kind": Kind.MENTION,
            "external_id": MENTION,
            "thread": f"{MENTION}:222",
            "text": "hey @Acme where is my parcel?",
            "author": ANA,
            "ours": False,
            "public": True,
            "parent": "",
            "post": None,
            "at": NOON,
            "permalink": f"https://x.com/ana_p/status/{MENTION}",
            "unanswerable": "",
        },
    ),
    "mention_in_a_thread": (
        MessageIn,
        {"kind": Kind.MENTION, "thread": "2080765813578190000:222", "parent": "2080765813578190001"},
    ),
    "reply": (
        MessageIn,
        {"kind": Kind.COMMENT, "thread": f"{POST}:222", "parent": POST, "unanswerable": "", "to": ""},
    ),
    "reply_without_a_mention": (MessageIn, {"kind": Kind.COMMENT, "unanswerable": NOT_SUMMONED}),
    "quote": (MessageIn, {"kind": Kind.MENTION, "unanswerable": ""}),
    "repost": (Reaction, {"external_id": POST, "name": "repost", "author": ANA, "ours": False}),
    "own_thread": (PostPublished, {"removed": False}),
    "own_reply": (
        MessageIn,
        {"ours": True, "to": "222", "thread": f"{MENTION}:222", "parent": MENTION, "unanswerable": ""},
    ),
    "own_repost": (Reaction, {"external_id": MENTION, "ours": True, "name": "repost"}),
    "post_deleted": (MessageDeleted, {"external_id": POST, "by_us": True}),
    "like": (Reaction, {"external_id": POST, "name": "like", "author": ANA, "ours": False}),
    "like_by_us": (Reaction, {"external_id": MENTION, "ours": True}),
    "dm_received": (
        MessageIn,
        {
            "kind": Kind.DIRECT,
            "external_id": "2080765901528535096",
            "thread": "222",
            "text": "hello! <3",
            "author": ANA,
            "public": False,
            "ours": False,
            "at": datetime.fromtimestamp(1791000000.372, UTC),
        },
    ),
    "dm_received_flat": (MessageIn, {"thread": "222", "text": "hello", "ours": False}),
    "dm_sent": (MessageIn, {"thread": "222", "to": "222", "ours": True, "text": "Hello Ana"}),
    "dm_read": (
        Receipt,
        {"status": "read", "address": "222", "until": datetime.fromtimestamp(1791000001, UTC)},
    ),
    "dm_typing": (Happening, {"name": "typing", "address": "222"}),
    "oauth_revoke": (Happening, {"name": "access_revoked", "account": ACME, "address": ""}),
    "chat_received": (
        MessageIn,
        {
            "kind": Kind.DIRECT,
            "thread": "222",
            "text": "",
            "unanswerable": ENCRYPTED,
            "note": "encrypted chat",
        },
    ),
    "chat_received_unwrapped": (MessageIn, {"account": ACME, "thread": "222", "unanswerable": ENCRYPTED}),
    "chat_sent": (Happening, {"name": "encrypted_chat"}),
    "follow": (Happening, {"name": "followed", "address": "222", "detail": {"by_us": False}}),
    "block": (Happening, {"name": "blocked", "address": "222", "detail": {"by_us": True}}),
    "stream_match": (MessageIn, {"kind": Kind.MENTION, "note": "acct:12/rule:7"}),
    "old_mention": (
        MessageIn,
        {
            "kind": Kind.MENTION,
            "external_id": "1990000000000000001",
            "author": ANA,
            "at": NOON,
            "unanswerable": "",
            "account": ACME,
        },
    ),
    "old_long_reply": (
        MessageIn,
        {"kind": Kind.COMMENT, "text": "@Acme it is a long story", "thread": "1990000000000000000:222"},
    ),
    "old_repost": (Reaction, {"external_id": "1990000000000000000", "name": "repost", "author": ANA}),
    "old_quote": (MessageIn, {"kind": Kind.MENTION, "unanswerable": "", "text": "Finally"}),
    "old_own_reply": (MessageIn, {"ours": True, "to": "222", "thread": "1990000000000000001:222"}),
    "old_like": (Reaction, {"external_id": "1990000000000000000", "author": ANA, "at": NOON}),
    "old_deleted": (MessageDeleted, {"external_id": "1990000000000000000", "by_us": True}),
    "old_direct": (MessageIn, {"kind": Kind.DIRECT, "thread": "222", "text": "hello"}),
    "old_read": (Receipt, {"status": "read", "address": "222"}),
    "old_revoke": (Happening, {"name": "access_revoked", "account": ACME}),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_becomes_the_fact_that_it_is(name: str) -> None:
    kind, fields = EXPECTED[name]
    fact = read(name)[0]
    assert type(fact) is kind
    assert {field: getattr(fact, field) for field in fields} == fields


@pytest.mark.parametrize("name", ["mention_edited", "mention_edited_in_new_words"])
def test_an_edit_is_about_the_first_version(name: str) -> None:
    first, edit = read(name)
    assert isinstance(first, MessageIn)
    assert isinstance(edit, MessageEdited)
    assert first.external_id == edit.external_id == MENTION
    assert edit.text == first.text


def test_pictures_are_shown_and_addresses_are_whole() -> None:
    [fact] = read("mention_with_pictures")
    assert isinstance(fact, MessageIn)
    assert fact.text == "@Acme broken & late  see https://example.com/order?a=1&b=2"
    assert [(one.kind, one.url) for one in fact.media] == [
        ("image", "https://pbs.twimg.com/media/a.jpg"),
        ("video", "https://video.twimg.com/high.mp4"),
        ("unsupported", ""),
    ]


def test_a_long_post_is_read_to_its_end() -> None:
    [fact] = read("mention_long")
    assert isinstance(fact, MessageIn)
    assert fact.text.endswith("end https://example.com/n")


def test_a_reply_and_a_quote_show_the_post_that_they_are_about() -> None:
    for name in ("reply", "quote"):
        [fact] = read(name)
        assert isinstance(fact, MessageIn)
        assert fact.post
        assert (fact.post.external_id, fact.post.text) == (POST, "New mugs are here")


def test_our_own_post_is_known_with_its_picture() -> None:
    [fact] = read("own_post")
    assert isinstance(fact, PostPublished)
    assert fact.post.picture_url == "https://pbs.twimg.com/media/mug.jpg"
    assert fact.post.permalink == f"https://x.com/Acme/status/{POST}"


def test_a_deleted_post_of_ours_is_a_post_or_a_reply() -> None:
    reply, post = read("post_deleted")
    assert isinstance(reply, MessageDeleted)
    assert isinstance(post, PostPublished)
    assert post.removed


def test_a_file_of_a_direct_message_is_taken_from_where_it_lies() -> None:
    [fact] = read("dm_with_a_picture")
    assert isinstance(fact, MessageIn)
    assert fact.text == "look"
    assert fact.media[0].url.startswith("https://ton.twitter.com/")


def test_what_we_asked_for_is_ours_to_place() -> None:
    newer, older = read("asked_mentions", {ACCOUNT: ACME, ASKED: "mentions"})
    assert isinstance(newer, MessageIn)
    assert isinstance(older, MessageIn)
    assert newer.account == ACME
    assert not newer.unanswerable
    direct, joined = read("asked_directs", {ACCOUNT: ACME, ASKED: "directs"})
    assert isinstance(direct, MessageIn)
    assert direct.thread == "222"
    assert direct.media[0].url == "https://pbs.twimg.com/media/d.jpg"
    assert isinstance(joined, Happening)


def test_a_match_that_does_not_name_us_cannot_be_answered() -> None:
    [fact] = read("stream_match", {ACCOUNT: ACME, ASKED: "stream"})
    assert isinstance(fact, MessageIn)
    assert fact.note == "acct:12/rule:7"
    assert fact.unanswerable == NOT_SUMMONED


def test_the_same_post_is_the_same_message_however_it_came() -> None:
    [by_hook] = read("mention")
    assert isinstance(by_hook, MessageIn)
    body = (FIXTURES / "mention.json").read_bytes()
    event = json.loads(body)["data"]
    asked = json.dumps({"data": [event["payload"]], "includes": event["includes"]}).encode()
    [by_asking] = parse(Hook("GET", {}, {ACCOUNT: ACME, ASKED: "mentions"}, asked))
    assert replace(by_hook, raw={}) == replace(by_asking, raw={})

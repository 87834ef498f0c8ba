"""Every kind of event that Instagram documents, read into the facts that it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from heard.channels.conftest import Read
from heard.channels.contract import (
    Happening,
    Kind,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
    Post,
    Reaction,
    Receipt,
)

IG, ANA = "17841474524784050", "6841100000000001"
PICTURE = "18172143295349192"
SAID = datetime.fromtimestamp(1_790_999_999.876, UTC)
CALLED = datetime.fromtimestamp(1_791_000_000, UTC)
STORY = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=x"

EXPECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "comment": (
        MessageIn,
        {
            "kind": Kind.COMMENT,
            "external_id": "17919697626119712",
            "thread": "17919697626119712",
            "parent": "",
            "text": "price?",
            "author": Person(ANA, name="ana.p", handle="ana.p"),
            "ours": False,
            "public": True,
            "post": Post(PICTURE),
            "at": CALLED,
        },
    ),
    "comment_reply": (MessageIn, {"thread": "17870913679156914", "parent": "17870913679156914"}),
    "comment_on_advert": (MessageIn, {"post": Post(PICTURE, advert=True), "note": "Spring"}),
    "comment_by_us": (MessageIn, {"ours": True, "thread": "17919697626119712"}),
    "comment_without_author": (MessageIn, {"author": None, "ours": False}),
    "comment_in_the_entry": (MessageIn, {"text": "Здравей ä 👋", "at": CALLED}),
    "mention_in_comment": (
        MessageIn,
        {
            "kind": Kind.MENTION,
            "external_id": "17887000000000001_17887000000000002",
            "post": Post("17887000000000001_17887000000000002"),
            "author": None,
        },
    ),
    "mention_in_caption": (MessageIn, {"kind": Kind.MENTION, "external_id": "17887000000000003_"}),
    "story_insights": (Happening, {"name": "story_insights"}),
    "message": (
        MessageIn,
        {
            "kind": Kind.DIRECT,
            "external_id": "aWdfZAG1faXRl",
            "thread": ANA,
            "author": Person(ANA),
            "text": "Is it in stock?",
            "public": False,
            "at": SAID,
        },
    ),
    "message_in_changes": (MessageIn, {"text": "Hello?", "thread": ANA, "at": CALLED}),
    "message_reply": (MessageIn, {"parent": "aWdfZAG1faXRl"}),
    "message_quick_reply": (MessageIn, {"note": "quick_reply SIZE_M"}),
    "message_deleted": (MessageDeleted, {"external_id": "aWdfZAG1faXRl", "by_us": False}),
    "message_unsupported": (MessageIn, {"media": (Media("unsupported"),)}),
    "message_edit": (MessageEdited, {"external_id": "aWdfZAG1faXRl", "text": "Is it in stock in blue?"}),
    "story_reply": (
        MessageIn,
        {
            "text": "nice",
            "note": "story_reply",
            "media": (Media("story", STORY, keep=False, detail={"id": "17900000000000001"}),),
        },
    ),
    "story_reply_link_sticker": (MessageIn, {"note": "story_reply"}),
    "story_mention": (MessageIn, {"kind": Kind.DIRECT, "note": "story_mention", "text": ""}),
    "echo": (MessageIn, {"ours": True, "thread": ANA, "to": ANA, "author": Person(IG)}),
    "echo_with_other_entry": (MessageIn, {"ours": True, "thread": ANA}),
    "self_message": (Happening, {"name": "self_message"}),
    "read": (Receipt, {"status": "read", "external_ids": ("aWdfZAG1faXRt",), "address": ANA}),
    "reaction": (Reaction, {"external_id": "aWdfZAG1faXRt", "emoji": "❤️", "added": True}),
    "reaction_removed": (Reaction, {"added": False}),
    "postback": (MessageIn, {"text": "Opening hours", "note": "postback HOURS", "thread": ANA}),
    "referral": (Happening, {"name": "referral", "address": ANA}),
    "standby_message": (MessageIn, {"note": "standby"}),
}

KINDS = {
    **dict.fromkeys(("image", "video", "audio", "file"), ""),
    **dict.fromkeys(("share", "ig_post", "reel", "ig_reel", "media", "fallback"), "link"),
    **dict.fromkeys(("story", "ig_story"), "story"),
    "like_heart": "sticker",
    **dict.fromkeys(("ephemeral", "unsupported_type", "template"), "unsupported"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_is_read_as_what_it_is(name: str, read: Read) -> None:
    kind, values = EXPECTED[name]
    [fact] = read(name)
    assert type(fact) is kind
    assert {key: getattr(fact, key) for key in values} == values
    assert (fact.account, fact.channel) == (IG, "instagram")


@pytest.mark.parametrize("name", KINDS)
def test_every_type_of_attachment_is_shown(name: str, read: Read) -> None:
    [fact] = read(f"attachment_{name}")
    assert isinstance(fact, MessageIn)
    [media] = fact.media
    assert media.kind == (KINDS[name] or name)
    assert media.keep is (media.kind != "story")


def test_a_story_that_names_us_is_shown_and_not_kept(read: Read) -> None:
    [fact] = read("story_mention")
    assert isinstance(fact, MessageIn)
    [media] = fact.media
    assert (media.kind, media.keep) == ("story", False)
    assert media.url.startswith("https://lookaside.fbsbx.com/")


def test_a_comment_on_a_live_video_has_no_public_answer(read: Read) -> None:
    [fact] = read("live_comment")
    assert isinstance(fact, MessageIn)
    assert fact.note == "live"
    assert fact.unanswerable


@pytest.mark.parametrize("name", ["dashboard_test_messages", "dashboard_test_comments"])
def test_the_consoles_test_button_shows_that_the_hook_works(name: str, read: Read) -> None:
    [fact] = read(name)
    assert isinstance(fact, Happening)
    assert (fact.name, fact.account, fact.address) == ("test_call", "", "")


def test_one_call_may_be_about_several_accounts(read: Read) -> None:
    comment, mention, message = read("several_accounts")
    assert comment.account == mention.account == IG
    assert message.account == "17841400000000009"

"""Every kind of messaging event that Meta documents, read into the facts that it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from heard.channels.conftest import PAGE, Read
from heard.channels.contract import (
    Happening,
    Kind,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
    Reaction,
    Receipt,
)

PSID = "7392015648120394"
NOW = datetime.fromtimestamp(1_791_000_000.523, UTC)
PICTURE = "https://scontent.xx.fbcdn.net/v/1.jpg?oh=1"

EXPECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "message": (
        MessageIn,
        {
            "kind": Kind.DIRECT,
            "external_id": "m_AbC1dEf2",
            "thread": PSID,
            "text": "Do you have it in blue?",
            "author": Person(PSID),
            "ours": False,
            "public": False,
            "parent": "m_Zz9",
            "note": "quick_reply SIZE_M",
            "at": NOW,
        },
    ),
    "message_emoji": (MessageIn, {"text": "Здравей ä 👋"}),
    "message_deleted": (MessageDeleted, {"external_id": "m_1", "by_us": False}),
    "message_unsupported": (MessageIn, {"external_id": "m_6", "media": (Media("unsupported"),)}),
    "message_edit": (MessageEdited, {"external_id": "m_1", "text": "in navy blue"}),
    "message_edit_number_as_text": (MessageEdited, {"text": "in light blue"}),
    "message_from_guest": (
        MessageIn,
        {"thread": "user_ref:guest-77", "author": Person("user_ref:guest-77")},
    ),
    "echo": (
        MessageIn,
        {
            "external_id": "m_9",
            "ours": True,
            "thread": PSID,
            "to": PSID,
            "author": Person(PAGE),
            "token": "hd:out:8f3a",
            "text": "Yes, size M.",
        },
    ),
    "echo_from_page_inbox": (MessageIn, {"ours": True, "token": "", "to": PSID}),
    "echo_attachment": (MessageIn, {"ours": True, "media": (Media("image", PICTURE),)}),
    "postback_without_mid": (MessageIn, {"text": "Opening hours", "note": "postback HOURS"}),
    "referral": (Happening, {"name": "referral", "address": PSID}),
    "delivery": (Receipt, {"status": "delivered", "external_ids": ("m_9",), "address": PSID}),
    "delivery_watermark_only": (
        Receipt,
        {
            "status": "delivered",
            "external_ids": (),
            "until": datetime.fromtimestamp(1_791_000_005.253, UTC),
        },
    ),
    "read": (
        Receipt,
        {"status": "read", "address": PSID, "until": datetime.fromtimestamp(1_791_000_009.253, UTC)},
    ),
    "reaction": (
        Reaction,
        {"external_id": "m_9", "emoji": "❤", "name": "love", "added": True, "author": Person(PSID)},
    ),
    "reaction_removed": (Reaction, {"external_id": "m_9", "added": False}),
    "reaction_by_page": (Reaction, {"external_id": "m_1", "ours": True}),
    "optin": (Happening, {"name": "optin", "address": PSID}),
    "pass_thread_control": (Happening, {"name": "thread_passed", "address": PSID}),
    "take_thread_control": (Happening, {"name": "thread_taken", "address": PSID}),
    "request_thread_control": (Happening, {"name": "thread_requested", "address": PSID}),
    "app_roles": (Happening, {"name": "app_roles", "address": ""}),
    "policy_enforcement": (Happening, {"name": "policy_enforcement", "address": ""}),
    "standby_message": (MessageIn, {"text": "Are you there?", "note": "standby", "ours": False}),
    "standby_postback": (MessageIn, {"text": "Talk to a person", "note": "standby postback"}),
    "standby_echo": (MessageIn, {"ours": True, "note": "standby", "to": PSID}),
}

MEDIA: dict[str, tuple[Media, ...]] = {
    **{
        f"attachment_{kind}": (Media(kind, f"https://scontent.xx.fbcdn.net/{kind}"),)
        for kind in ("image", "audio", "video", "file")
    },
    "attachment_several": (Media("image", PICTURE), Media("image", PICTURE + "2")),
    "attachment_sticker": (Media("sticker", PICTURE, detail={"sticker_id": "369239263222822"}),),
    "attachment_sticker_twice": (Media("sticker", PICTURE, detail={"sticker_id": "369239263222822"}),),
    "attachment_location": (Media("location", detail={"lat": 42.69, "long": 23.32}),),
    "attachment_fallback": (
        Media("link", "https://l.facebook.com/l.php?u=x", name="Example", detail={"type": "fallback"}),
    ),
    "attachment_ig_reel": (Media("link", "https://www.facebook.com/reel/1234/", detail={"type": "ig_reel"}),),
    **{
        f"attachment_{kind}": (
            Media("link", f"https://www.facebook.com/{kind}/1", name="Our summer", detail={"type": kind}),
        )
        for kind in ("reel", "post", "ig_post", "share")
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_is_read_as_what_it_is(name: str, read: Read) -> None:
    kind, values = EXPECTED[name]
    [fact] = read(name)
    assert type(fact) is kind
    assert {key: getattr(fact, key) for key in values} == values
    assert (fact.account, fact.channel) == (PAGE, "messenger")


@pytest.mark.parametrize("name", MEDIA)
def test_every_type_of_attachment_is_shown(name: str, read: Read) -> None:
    [fact] = read(name)
    assert isinstance(fact, MessageIn)
    assert fact.media == MEDIA[name]


@pytest.mark.parametrize("name", ["template", "appointment_booking", "unknown_type"])
def test_what_cannot_be_shown_is_kept_and_said(name: str, read: Read) -> None:
    [fact] = read(f"attachment_{name}")
    assert isinstance(fact, MessageIn)
    [media] = fact.media
    assert media.kind == "unsupported"
    assert media.name
    assert media.detail["payload"]


def test_a_pressed_button_is_a_message_and_what_brought_the_person_a_happening(read: Read) -> None:
    pressed, referral = read("postback")
    assert isinstance(pressed, MessageIn)
    assert isinstance(referral, Happening)
    assert (pressed.external_id, pressed.text, pressed.note) == ("m_7", "Get started", "postback GET_STARTED")
    assert referral.detail["ref"] == "spring"


def test_a_message_after_an_advert_names_the_advert(read: Read) -> None:
    said, referral = read("message_with_referral")
    assert isinstance(said, MessageIn)
    assert isinstance(referral, Happening)
    assert said.note == "Blue shirts"


def test_a_button_without_an_id_gets_the_same_one_every_time_and_another_for_another_press(
    read: Read,
) -> None:
    [once], [again], [other] = (
        read("postback_without_mid"),
        read("postback_without_mid"),
        read("standby_postback"),
    )
    assert isinstance(once, MessageIn)
    assert isinstance(again, MessageIn)
    assert isinstance(other, MessageIn)
    assert once.external_id == again.external_id != other.external_id

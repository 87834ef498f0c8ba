"""Every kind of event that WhatsApp documents, read into the facts that it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from heard.channels.conftest import Read
from heard.channels.contract import (
    AddressChanged,
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
from heard.channels.whatsapp.messages import GROUP
from heard.channels.whatsapp.tests.conftest import NUMBER

PHONE, USER, NEW_USER = "359888123456", "BG.13491208655302741918", "BG.55551208655302741999"
ANA = Person(USER, name="Ana P", handle="@anap", aliases=(PHONE,))
NOW = datetime.fromtimestamp(1_791_000_000, UTC)


def a_file(kind: str, media_id: str, content_type: str, **more: Any) -> tuple[Media, ...]:
    name = more.pop("name", "")
    detail = {"id": media_id, "sha256": "abc="} | more
    return (Media(kind, name=name, content_type=content_type, detail=detail),)


EXPECTED: dict[str, tuple[type, dict[str, Any]]] = {
    "text": (
        MessageIn,
        {
            "kind": Kind.DIRECT,
            "external_id": "wamid.IN1",
            "thread": USER,
            "text": "Is it open?",
            "author": ANA,
            "ours": False,
            "public": False,
            "parent": "wamid.PARENT",
            "at": NOW,
        },
    ),
    "text_without_phone": (
        MessageIn,
        {"thread": USER, "author": Person(USER, name="Ana P", handle="@anap"), "text": "Здравей ä 👋"},
    ),
    "text_without_user_id": (MessageIn, {"thread": PHONE, "author": Person(PHONE, name="Ana P")}),
    "text_parent_id": (
        MessageIn,
        {
            "author": Person(
                USER, name="Ana P", handle="@anap", aliases=(PHONE, "BG.ENT.11815799212886844830")
            )
        },
    ),
    "text_forwarded": (MessageIn, {"note": "forwarded"}),
    "text_about_product": (MessageIn, {"note": "product SHIRT-BLUE", "parent": "wamid.CAT"}),
    "text_in_a_group": (MessageIn, {"thread": "GRP7", "author": ANA, "unanswerable": GROUP}),
    "text_without_contacts": (MessageIn, {"author": Person(USER, aliases=(PHONE,))}),
    "image": (
        MessageIn,
        {"text": "It came broken", "media": a_file("image", "884001", "image/jpeg")},
    ),
    "video": (MessageIn, {"text": "", "media": a_file("video", "884002", "video/mp4")}),
    "voice": (MessageIn, {"media": a_file("audio", "884003", "audio/ogg", voice=True)}),
    "document": (
        MessageIn,
        {"text": "My invoice", "media": a_file("file", "884004", "application/pdf", name="invoice.pdf")},
    ),
    "sticker": (MessageIn, {"media": a_file("sticker", "884005", "image/webp", animated=True)}),
    "location": (MessageIn, {"text": "Our shop\nVitosha 1, Sofia"}),
    "contacts": (
        MessageIn,
        {"text": "Oto Novak, +386 40 123 456, oto@example.com\n+359888123456", "note": "contacts"},
    ),
    "button": (MessageIn, {"text": "Yes, please", "note": "button CONFIRM", "parent": "wamid.TPL"}),
    "interactive_button": (MessageIn, {"text": "Size M", "note": "button_reply size_m"}),
    "interactive_list": (MessageIn, {"text": "DPD\nTomorrow by 18:00", "note": "list_reply dpd"}),
    "interactive_form": (MessageIn, {"text": "Sent\norder: 5521\ndays: 3", "note": "form"}),
    "order": (
        MessageIn,
        {"text": "Please pack it well\n2 × SHIRT-BLUE (19.9 EUR)", "note": "order"},
    ),
    "reaction": (
        Reaction,
        {"external_id": "wamid.OUT", "emoji": "❤️", "added": True, "author": ANA, "ours": False},
    ),
    "reaction_removed": (Reaction, {"external_id": "wamid.OUT", "emoji": "", "added": False}),
    "edit": (MessageEdited, {"external_id": "wamid.IN0", "text": "Is it open today?"}),
    "revoke": (MessageDeleted, {"external_id": "wamid.IN0", "by_us": False}),
    "request_welcome": (Happening, {"name": "conversation_opened", "address": USER}),
    "system_identity_changed": (Happening, {"name": "customer_identity_changed", "address": USER}),
    "user_id_update": (AddressChanged, {"old": USER, "new": NEW_USER, "at": NOW}),
    "user_preferences": (Happening, {"name": "preference_changed", "address": USER}),
    "status_sent": (
        Receipt,
        {"status": "sent", "external_ids": ("wamid.OUT",), "token": "out:8f3a", "address": USER},
    ),
    "status_delivered": (Receipt, {"status": "delivered", "reason": ""}),
    "status_read": (Receipt, {"status": "read", "at": datetime.fromtimestamp(1_791_000_003, UTC)}),
    "status_played": (Receipt, {"status": "read"}),
    "status_deleted": (MessageDeleted, {"external_id": "wamid.OUT", "by_us": True}),
    "status_failed": (
        Receipt,
        {
            "status": "failed",
            "reason": "WhatsApp: Message failed to send because more than 24 hours have passed since the "
            "customer last replied to this number. (131047)",
        },
    ),
    "errors": (Happening, {"name": "error"}),
    "echo": (
        MessageIn,
        {
            "ours": True,
            "to": USER,
            "thread": USER,
            "text": "We are open until six.",
            "author": Person(NUMBER),
        },
    ),
    "echo_image": (MessageIn, {"ours": True, "media": a_file("image", "884001", "image/jpeg")}),
    "echo_revoke": (MessageDeleted, {"external_id": "wamid.E0", "by_us": True}),
    "echo_edit": (MessageEdited, {"external_id": "wamid.E0", "text": "Until five."}),
    "echo_reaction": (Reaction, {"external_id": "wamid.IN1", "ours": True, "emoji": "👍"}),
    "history_refused": (Happening, {"name": "history"}),
    "address_book": (Happening, {"name": "address_book"}),
    "call": (Happening, {"name": "call"}),
}
WHOLE_ACCOUNT = {
    "template_approved": "templates_changed",
    "template_quality": "templates_changed",
    "template_category": "templates_changed",
    "quality": "quality_changed",
    "account_update": "account_changed",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_is_read_as_what_it_is(name: str, read: Read) -> None:
    kind, values = EXPECTED[name]
    [fact] = read(name)
    assert type(fact) is kind
    assert {key: getattr(fact, key) for key in values} == values
    assert (fact.account, fact.channel) == (NUMBER, "whatsapp")


@pytest.mark.parametrize(("name", "happened"), WHOLE_ACCOUNT.items())
def test_what_concerns_the_whole_account_belongs_to_no_number(name: str, happened: str, read: Read) -> None:
    [fact] = read(name)
    assert isinstance(fact, Happening)
    assert (fact.name, fact.account) == (happened, "")


@pytest.mark.parametrize("name", ["unsupported", "unknown_type", "interactive_unknown"])
def test_what_cannot_be_shown_is_kept_and_said(name: str, read: Read) -> None:
    [fact] = read(name)
    assert isinstance(fact, MessageIn)
    [media] = fact.media
    assert media.kind == "unsupported"
    assert media.name


def test_an_advert_is_named_beside_what_it_brought(read: Read) -> None:
    said, referral = read("text_from_advert")
    assert isinstance(said, MessageIn)
    assert isinstance(referral, Happening)
    assert (said.note, referral.name, referral.address) == ("Blue shirts", "referral", USER)


@pytest.mark.parametrize("name", ["system_changed_number", "system_changed_number_old_form"])
def test_a_new_number_moves_the_person(name: str, read: Read) -> None:
    [moved] = read(name)
    assert isinstance(moved, AddressChanged)
    assert (moved.old, moved.new) == (PHONE, "359888999999")


def test_a_new_id_moves_the_person(read: Read) -> None:
    [moved] = read("system_changed_user_id")
    assert isinstance(moved, AddressChanged)
    assert (moved.old, moved.new) == (USER, NEW_USER)


def test_history_is_past_and_tells_theirs_from_ours(read: Read) -> None:
    theirs, ours = read("history")
    assert isinstance(theirs, MessageIn)
    assert isinstance(ours, MessageIn)
    assert (theirs.past, theirs.ours, theirs.thread) == (True, False, PHONE)
    assert (ours.past, ours.ours, ours.to) == (True, True, PHONE)


def test_one_call_may_speak_of_several_people_and_numbers(read: Read) -> None:
    first, second, seen, elsewhere = read("batch")
    assert isinstance(first, MessageIn)
    assert isinstance(second, MessageIn)
    assert second.author == Person("SI.24817305912873645029", name="Oto", aliases=("38640123456",))
    assert isinstance(seen, Receipt)
    assert [fact.account for fact in (first, second, seen, elsewhere)] == [NUMBER] * 3 + ["200200"]

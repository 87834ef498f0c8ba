"""What Telegram's updates become."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from heard.channels.contract import (
    UNKNOWN_TIME,
    BadSignature,
    Happening,
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
    Reaction,
)
from heard.channels.telegram.channel import Telegram
from heard.channels.telegram.credentials import TelegramCredentials

TELEGRAM = Telegram()
FIXTURES = Path(__file__).parent.parent / "fixtures"
AT = datetime(2026, 10, 3, 4, tzinfo=UTC)
ANA = Person("55501234", name="Ana P", handle="ana_p", language="bg")


def the_facts(name: str) -> list[Incoming]:
    return TELEGRAM.parse(Hook("POST", {}, {}, (FIXTURES / f"{name}.json").read_bytes()))


def the_message(name: str) -> MessageIn:
    [fact] = the_facts(name)
    assert isinstance(fact, MessageIn)
    return fact


def test_a_text_is_a_direct_message_of_its_writer() -> None:
    said = the_message("message")
    assert (said.kind, said.external_id, said.thread) == (Kind.DIRECT, "55501234:412", "55501234")
    assert (said.text, said.at, said.public, said.ours) == ("Where is my parcel?", AT, False, False)
    assert (said.author, said.parent) == (ANA, "55501234:400")


def test_a_start_is_a_message_that_says_how_it_came() -> None:
    said = the_message("message_start")
    assert (said.text, said.note) == ("/start promo", "command /start")


def test_an_edit_carries_the_text_as_it_reads_now() -> None:
    [edit] = the_facts("message_edited")
    assert isinstance(edit, MessageEdited)
    assert (edit.external_id, edit.text, edit.at.second) == ("55501234:412", "corrected", 30)


def test_each_picture_of_an_album_is_a_message() -> None:
    said = the_message("message_photo_of_an_album")
    [picture] = said.media
    assert (said.text, said.note) == ("broken", "album 1377")
    assert (picture.kind, picture.url, picture.detail["file_id"]) == ("image", "", "AgAC2")


@pytest.mark.parametrize(
    ("name", "kind", "file_name", "content_type"),
    [
        ("message_document", "file", "invoice.pdf", "application/pdf"),
        ("message_audio", "audio", "", "audio/mpeg"),
        ("message_voice", "audio", "", "audio/ogg"),
        ("message_video", "video", "", "video/mp4"),
        ("message_video_note", "video", "", ""),
        ("message_animation", "video", "a.mp4", "video/mp4"),
        ("message_sticker", "sticker", "", ""),
    ],
)
def test_a_file_is_kept_by_its_id(name: str, kind: str, file_name: str, content_type: str) -> None:
    [file] = the_message(name).media
    assert (file.kind, file.name, file.content_type) == (kind, file_name, content_type)
    assert (file.detail["file_id"], file.url) == ("BQAC", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("message_contact", "Oto Berg, +359888123456"),
        ("message_poll", "Blue or red?\n· Blue\n· Red"),
        ("message_dice", "🎲 4"),
        ("message_sticker", "👍"),
    ],
)
def test_what_has_no_words_is_written_out(name: str, text: str) -> None:
    assert the_message(name).text == text


@pytest.mark.parametrize(
    ("name", "title"), [("message_location", ""), ("message_venue", "Shop, Main street 1")]
)
def test_a_place_leads_to_a_map(name: str, title: str) -> None:
    [place] = the_message(name).media
    assert (place.kind, place.name) == ("location", title)
    assert place.url == "https://www.openstreetmap.org/?mlat=42.6977&mlon=23.3219#map=16/42.6977/23.3219"


def test_an_unknown_kind_is_shown_as_such() -> None:
    [unknown] = the_message("message_new_kind").media
    assert unknown.kind == "unsupported"


def test_a_pressed_button_is_a_message_with_its_words() -> None:
    said = the_message("callback_query")
    assert (said.external_id, said.text, said.note) == ("callback:4382", "Very", "callback csat:5")
    assert (said.parent, said.at) == ("55501234:414", UNKNOWN_TIME)


@pytest.mark.parametrize(
    ("name", "emoji", "word", "added"),
    [
        ("reaction", "👍", "👍", True),
        ("reaction_changed", "❤", "❤", True),
        ("reaction_removed", "❤", "❤", False),
        ("reaction_custom", "", "5368324170671202286", True),
    ],
)
def test_a_reaction_says_what_stands_now(name: str, emoji: str, word: str, added: bool) -> None:
    [felt] = the_facts(name)
    assert isinstance(felt, Reaction)
    assert (felt.external_id, felt.emoji, felt.name, felt.added) == ("55501234:414", emoji, word, added)


@pytest.mark.parametrize(
    ("name", "called", "address"),
    [
        ("blocked", "blocked", "55501234"),
        ("unblocked", "unblocked", "55501234"),
        ("message_pinned", "pinned_message", "55501234"),
        ("business_connection", "business_connected", ""),
        ("business_disconnection", "business_disconnected", ""),
    ],
)
def test_what_is_nothing_said_is_told_all_the_same(name: str, called: str, address: str) -> None:
    [told] = the_facts(name)
    assert isinstance(told, Happening)
    assert (told.name, told.address) == (called, address)


def test_a_business_account_has_conversations_of_its_own() -> None:
    theirs, ours = the_message("business_message"), the_message("business_message_by_the_owner")
    assert theirs.thread == ours.thread == "Abc-1_x:55501234"
    assert (theirs.ours, theirs.external_id) == (False, "Abc-1_x:55501234:412")
    assert (ours.ours, ours.to, ours.text) == (True, "Abc-1_x:55501234", "Until six")


def test_a_business_account_hears_of_deletions() -> None:
    gone = the_facts("business_messages_deleted")
    assert [fact.external_id for fact in gone if isinstance(fact, MessageDeleted)] == [
        "Abc-1_x:55501234:412",
        "Abc-1_x:55501234:413",
    ]


def test_what_was_asked_for_is_read_one_by_one() -> None:
    assert [fact.text for fact in the_facts("many") if isinstance(fact, MessageIn)] == ["one", "two"]


@pytest.mark.parametrize("name", ["ignored_group", "ignored_channel_post", "ignored_added_to_a_group"])
def test_groups_and_channels_are_left_out_with_a_word(name: str) -> None:
    [left] = the_facts(name)
    assert isinstance(left, Ignored)
    assert "not read" in left.reason


def credentials(secret: str = "sim-secret") -> TelegramCredentials:
    return TelegramCredentials(bot_token=SecretStr("1:a"), secret_token=SecretStr(secret))


def test_the_header_equals_the_hook_secret() -> None:
    TELEGRAM.verify(Hook("POST", {}, {"x-telegram-bot-api-secret-token": "sim-secret"}, b"{}"), credentials())


@pytest.mark.parametrize("given", ["", "sim-secre", "sim-secret2", "é"])
def test_another_header_is_refused(given: str) -> None:
    with pytest.raises(BadSignature):
        TELEGRAM.verify(Hook("POST", {}, {"x-telegram-bot-api-secret-token": given}, b"{}"), credentials())


def test_a_hook_secret_is_made_up_where_none_was_given() -> None:
    made = [credentials("").secret_token.get_secret_value() for _ in range(2)]
    assert made[0] != made[1]
    assert len(made[0]) > 30


def test_a_hook_secret_fits_into_a_header() -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        credentials("with a space")

"""What Viber's events become."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from heard.channels.contract import (
    BadSignature,
    Happening,
    Hook,
    Incoming,
    Kind,
    Media,
    MessageIn,
    Person,
    Receipt,
)
from heard.channels.tests.samples import credentials_of
from heard.channels.viber.channel import Viber

VIBER = Viber()
FIXTURES = Path(__file__).parent.parent / "fixtures"
AT = datetime(2026, 10, 3, 4, 0, 0, 123_000, UTC)
PERSON = "01234567890A="
LINE = rb'{"text":"\u0417\u0434\u0440\u0430\u0432\u0435\u0439 \u00e4 \ud83d\udc4b"}'
SIGNED = "6a7d58a589edba85d96584eb2b0cadda5c7e1a72e9faab0de5a2c06abb3e0466"


def the_fact(name: str) -> Incoming:
    [fact] = VIBER.parse(Hook("POST", {}, {}, (FIXTURES / f"{name}.json").read_bytes()))
    return fact


def the_message(name: str) -> MessageIn:
    fact = the_fact(name)
    assert isinstance(fact, MessageIn)
    return fact


def test_a_text_is_a_direct_message_of_its_writer() -> None:
    said = the_message("message")
    assert (said.kind, said.external_id, said.thread) == (Kind.DIRECT, "5741311803571721087", PERSON)
    assert (said.text, said.at, said.public, said.ours) == ("Hi", AT, False, False)
    picture = "https://media-direct.cdn.viber.com/download_photo?dlid=abc"
    assert said.author == Person(PERSON, name="Ana", picture_url=picture, language="bg")


@pytest.mark.parametrize(
    ("name", "kind", "file_name", "text"),
    [
        ("message_picture", "image", "broken.jpg", "It is broken"),
        ("message_video", "video", "", ""),
        ("message_file", "file", "invoice.pdf", ""),
        ("message_file_sound", "audio", "voice.m4a", ""),
        ("message_sticker", "sticker", "", ""),
        ("message_url", "link", "", "https://shop.example/mugs"),
        ("message_location", "location", "", ""),
        ("message_new_type", "unsupported", "hologram", ""),
    ],
)
def test_what_hangs_on_a_message_is_kept(name: str, kind: str, file_name: str, text: str) -> None:
    said = the_message(name)
    [media] = said.media
    assert (media.kind, media.name, said.text) == (kind, file_name, text)
    assert media.url.startswith("https://")


def test_a_place_leads_to_a_map() -> None:
    [place] = the_message("message_location").media
    assert place == Media(
        "location",
        "https://www.openstreetmap.org/?mlat=42.6977&mlon=23.3219#map=16/42.6977/23.3219",
        detail={"lat": 42.6977, "lon": 23.3219},
    )


def test_a_contact_is_written_out() -> None:
    said = the_message("message_contact")
    assert (said.text, said.media, said.note) == ("Oto Berg, +359888123456", (), "contact")


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [("delivered", "delivered", ""), ("seen", "read", ""), ("failed", "failed", "failure description")],
)
def test_receipts_name_the_message(name: str, status: str, reason: str) -> None:
    told = the_fact(name)
    assert isinstance(told, Receipt)
    assert (told.status, told.external_ids, told.reason) == (status, ("4912661846655238145",), reason)


@pytest.mark.parametrize("name", ["subscribed", "unsubscribed", "conversation_started", "client_status"])
def test_what_concerns_a_person_is_told_with_them(name: str) -> None:
    told = the_fact(name)
    assert isinstance(told, Happening)
    assert (told.name, told.address) == (name, PERSON)
    assert "message_token" not in told.detail


def test_the_check_of_the_hook_is_told() -> None:
    told = the_fact("webhook")
    assert isinstance(told, Happening)
    assert (told.name, told.address) == ("webhook_checked", "")


@pytest.mark.parametrize(
    "call",
    [
        Hook("POST", {}, {"x-viber-content-signature": SIGNED}, LINE),
        Hook("POST", {"sig": SIGNED}, {}, LINE),
    ],
)
def test_the_token_signs_the_raw_bytes(call: Hook) -> None:
    VIBER.verify(call, credentials_of(VIBER, auth_token=SecretStr("sim-secret")))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["", "é", SIGNED.upper(), "sha256=" + SIGNED])
def test_another_signature_is_refused(given: str) -> None:
    call = Hook("POST", {}, {"x-viber-content-signature": given}, LINE)
    with pytest.raises(BadSignature):
        VIBER.verify(call, credentials_of(VIBER, auth_token=SecretStr("sim-secret")))  # type: ignore[arg-type]

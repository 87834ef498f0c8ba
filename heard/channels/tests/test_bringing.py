"""Files and buttons as each adapter words them, and messages without words recognised by what they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heard.channels.contract import Button, Channel, Kind, Outgoing, Problem, Rejected, Upload
from heard.channels.meta.same import SameMessage
from heard.channels.registry import CHANNELS
from heard.channels.telegram.sending import _button
from heard.channels.viber.content import content
from heard.channels.whatsapp.sending import _with_buttons

PICTURE = Upload("door.jpg", "image/jpeg", b"bytes", alt="A door", url="https://heard.example/f/file.jpg")
SAID = Outgoing(kind=Kind.DIRECT, text="", to="1", token="t", files=[PICTURE])
private = pytest.mark.parametrize(
    "channel",
    [one for one in CHANNELS.values() if Kind.DIRECT in one.abilities.files],
    ids=lambda one: one.slug,
)


@private
def test_what_a_channel_promises_of_files_and_buttons_fits_together(channel: Channel[Any]) -> None:
    can = channel.abilities
    for kind, rule in can.files.items():
        assert kind in can.replies
        assert rule.most >= 1
        assert rule.sizes
        assert min(rule.sizes.values()) > 0
        assert rule.largest("image/jpeg"), "a photograph goes everywhere"
    for kind, borne in can.buttons.items():
        assert kind in can.replies
        assert borne.most >= 2
        assert borne.label >= 20


def test_viber_says_one_thing_in_a_message_and_names_an_address() -> None:
    assert content(SAID)["media"] == PICTURE.url
    document = replace(PICTURE, name="a.pdf", content_type="application/pdf")
    told = content(replace(SAID, files=[document]))
    assert (told["type"], told["size"], told["file_name"]) == ("file", 5, "a.pdf")
    with pytest.raises(Rejected) as rejected:
        content(replace(SAID, files=[replace(PICTURE, url="")]))
    assert rejected.value.problem is Problem.MEDIA_REJECTED
    with pytest.raises(Rejected):
        content(replace(SAID, text="Look"))


def test_buttons_lead_somewhere_or_say_something() -> None:
    buttons = [Button("Yes", "Yes please"), Button("Site", url="https://acme.example")]
    keyboard = content(replace(SAID, files=(), text="Which?", buttons=buttons))["keyboard"]
    assert [(one["ActionType"], one["ActionBody"]) for one in keyboard["Buttons"]] == [
        ("reply", "Yes please"),
        ("open-url", "https://acme.example"),
    ]
    assert _button(buttons[1]) == {"text": "Site", "url": "https://acme.example"}
    assert len(_button(Button("Ω" * 60))["callback_data"].encode()) <= 64
    same = _with_buttons("Which?", [Button("One", "x"), Button("Two", "x")])["action"]["buttons"]
    assert len({one["reply"]["id"] for one in same}) == 2


def test_a_picture_without_words_is_not_taken_for_something_else_without_words() -> None:
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    shown = {
        "created_time": now.isoformat(),
        "from": {"id": "1"},
        "message": "",
        "attachments": {"data": [{}]},
    }
    ours = SameMessage("1", "", now - timedelta(minutes=1), with_file=True)

    assert ours.fits(shown)
    assert not ours.fits({**shown, "attachments": None})
    assert not replace(ours, with_file=False).fits(shown)
    assert replace(ours, text="Look").fits({**shown, "message": "Look", "attachments": None})

"""What goes out: words, one file with words beside it, and buttons under both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from heard.channels.contract import (
    Button,
    Buttons,
    Files,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Unconfirmed,
    Wire,
)
from heard.channels.fields import as_id, as_mapping
from heard.channels.telegram.addresses import read_address
from heard.channels.telegram.api import ask

_MEGABYTE: Final = 1024 * 1024
_LONGEST_CALLBACK: Final = 64  # bytes
# content type → method, and its field for the file; everything else is a document
_METHODS: Final[Mapping[str, tuple[str, str]]] = {
    "image/jpeg": ("sendPhoto", "photo"),
    "image/png": ("sendPhoto", "photo"),
    "video/mp4": ("sendVideo", "video"),
    "audio/mpeg": ("sendAudio", "audio"),
    "audio/mp4": ("sendAudio", "audio"),
    "audio/ogg": ("sendVoice", "voice"),
}
_DOCUMENT: Final = ("sendDocument", "document")
FILES: Final = Files(
    sizes={"image/jpeg": 10 * _MEGABYTE, "image/png": 10 * _MEGABYTE, "*/*": 50 * _MEGABYTE},
    most=1,
    caption=1_024,
)
BUTTONS: Final = Buttons(most=20, label=64, links=True)


def send(message: Outgoing, wire: Wire[Any]) -> Sent:
    """Raises TryAgain, Rejected, ReconnectNeeded or Unconfirmed."""
    place = {**read_address(message.to).fields, **_quoting(message)}
    if message.buttons:
        place["reply_markup"] = {"inline_keyboard": [[_button(one)] for one in message.buttons]}
    told = as_mapping(_sent(message, place, wire))
    number = _id(told.get("message_id"))
    if not number:
        raise Unconfirmed("Telegram answered without the message's number.")
    return Sent(f"{message.to}:{number}", recipient=message.to)


def _sent(message: Outgoing, place: dict[str, Any], wire: Wire[Any]) -> Any:
    if not message.files:
        return ask(wire, "sendMessage", {**place, "text": message.text}, harmless=False)
    if len(message.files) > 1:
        raise Rejected("Telegram takes one file in a message.", problem=Problem.INVALID)
    [file] = message.files
    method, field = _METHODS.get(file.content_type, _DOCUMENT)
    form = place | ({"caption": message.text} if message.text else {})
    return ask(wire, method, form, harmless=False, files={field: file})


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": _callback(button)}


def _callback(button: Button) -> str:
    """What a pressed button tells us. Its words are read from the button itself."""
    return button.says.encode()[:_LONGEST_CALLBACK].decode(errors="ignore")


def _quoting(message: Outgoing) -> dict[str, Any]:
    """The message to show above this one. A pressed button has none of its own."""
    place, _, number = message.quotes.rpartition(":")
    if place != message.to or not number.isdecimal():
        return {}
    return {"reply_parameters": {"message_id": int(number), "allow_sending_without_reply": True}}


def _id(value: Any) -> str:
    try:
        return as_id(value)
    except ValueError:
        return ""

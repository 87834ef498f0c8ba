"""What hangs on a message. A type that nobody has seen yet is shown as unsupported, never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from heard.channels.contract import Media
from heard.channels.fields import as_aside, as_url
from heard.channels.places import on_a_map
from heard.channels.viber.payloads import Said

_KINDS: Final = {"picture": "image", "video": "video", "file": "file", "sticker": "sticker", "url": "link"}
_SOUNDS: Final = (".wav", ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".aac", ".amr")


def media_of(said: Said, raw: Mapping[str, Any]) -> tuple[Media, ...]:
    if said.type in ("text", "contact"):
        return ()
    if said.type == "location":
        return (
            Media(
                "location", on_a_map(said.location.get("lat"), said.location.get("lon")), detail=said.location
            ),
        )
    kind = _KINDS.get(said.type)
    if kind is None:
        return (Media("unsupported", as_url(said.media), name=said.type, detail={"message": dict(raw)}),)
    if kind == "file" and said.file_name.lower().endswith(_SOUNDS):
        kind = "audio"
    return (Media(kind, as_url(said.media), name=said.file_name, detail=_detail(said)),)


def text_of(said: Said) -> str:
    """What is to be read. A contact is shown as a person would write it down."""
    if said.type == "contact":
        return ", ".join(_words(said.contact, ("name", "phone_number")))
    return said.text or (said.media if said.type == "url" else "")


def _words(thing: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [word for word in (as_aside(thing.get(name)) for name in names) if word]


def _detail(said: Said) -> dict[str, Any]:
    known = {
        "sticker_id": said.sticker_id,
        "thumbnail": said.thumbnail,
        "size": said.size,
        "duration": said.duration,
    }
    return {name: value for name, value in known.items() if value}

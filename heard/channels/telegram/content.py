"""What a message holds: its words, and what hangs on it. An unknown kind is shown as such, never lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from heard.channels.contract import Media
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.places import on_a_map
from heard.channels.telegram.payloads import Message

# An animation comes with a document that is the same file; the first key that is there counts.
_FILES: Final = {
    "animation": "video",
    "document": "file",
    "audio": "audio",
    "voice": "audio",
    "video": "video",
    "video_note": "video",
    "sticker": "sticker",
}
_TOLD_OF_FILES: Final = ("file_id", "file_unique_id", "file_size", "width", "height", "duration", "emoji")
_HAPPENED: Final = (
    *("pinned_message", "message_auto_delete_timer_changed", "successful_payment", "refunded_payment"),
    *("users_shared", "chat_shared", "connected_website", "write_access_allowed", "passport_data"),
    *("proximity_alert_triggered", "boost_added", "chat_background_set", "gift", "unique_gift"),
    *("web_app_data", "giveaway", "giveaway_winners", "giveaway_completed"),
    *("video_chat_scheduled", "video_chat_started", "video_chat_ended"),
)


def happened(raw: Mapping[str, Any]) -> str:
    """The name of what the network itself says in the conversation; "" when a person says something."""
    return next((key for key in raw if key in _HAPPENED), "")


def text_of(said: Message, raw: Mapping[str, Any]) -> str:
    if said.text or said.caption:
        return said.text or said.caption
    contact, poll, dice = (as_mapping(raw.get(key)) for key in ("contact", "poll", "dice"))
    if contact:
        return ", ".join(_words(contact, "first_name last_name", "phone_number"))
    if poll:
        options = (as_aside(as_mapping(one).get("text")) for one in as_list(poll.get("options")))
        return "\n".join([as_aside(poll.get("question")), *(f"· {option}" for option in options)])
    if dice:
        return f"{as_aside(dice.get('emoji'))} {dice.get('value', '')}".strip()
    return as_aside(as_mapping(raw.get("sticker")).get("emoji"))


def media_of(raw: Mapping[str, Any]) -> tuple[Media, ...]:
    media = tuple(_media(raw))
    if media or any(key in raw for key in ("text", "caption", "contact", "poll", "dice")):
        return media
    return (Media("unsupported"),)


def _media(raw: Mapping[str, Any]) -> Iterator[Media]:
    sizes = [as_mapping(one) for one in as_list(raw.get("photo"))]
    if sizes:
        yield Media("image", content_type="image/jpeg", detail=_told(sizes[-1]))  # the largest
    for key, kind in _FILES.items():
        file = as_mapping(raw.get(key))
        if file:
            yield Media(
                kind,
                name=as_aside(file.get("file_name")),
                content_type=as_aside(file.get("mime_type")),
                detail=_told(file),
            )
            break
    venue = as_mapping(raw.get("venue"))
    place = as_mapping(venue.get("location")) or as_mapping(raw.get("location"))
    if place:
        title = ", ".join(_words(venue, "title", "address"))
        yield Media(
            "location",
            on_a_map(place.get("latitude"), place.get("longitude")),
            name=title,
            detail=dict(place),
        )


def _told(file: Mapping[str, Any]) -> dict[str, Any]:
    return {key: file[key] for key in _TOLD_OF_FILES if isinstance(file.get(key), str | int)}


def _words(thing: Mapping[str, Any], *names: str) -> list[str]:
    """Each name gives one part; several in one are joined by spaces."""
    parts = (" ".join(filter(None, (as_aside(thing.get(key)) for key in name.split()))) for name in names)
    return [part for part in parts if part]

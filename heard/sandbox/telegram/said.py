"""What a message holds, in Telegram's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.channels.telegram import simulator as wording
from heard.sandbox.talks.things import Direct, Media
from heard.sandbox.telegram.files import file_id

if TYPE_CHECKING:
    from heard.sandbox.telegram.twin import Telegram


def content(twin: Telegram, direct: Direct) -> dict[str, Any]:
    """Everything after number, author, conversation and time."""
    said: dict[str, Any] = {}
    for media in direct.media:
        said |= _medium(media)
    if direct.text:
        said["caption" if direct.media else "text"] = direct.text
    if direct.text.startswith("/") and not direct.media:
        length = len(direct.text.split()[0])
        said["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    if business := direct.kept.get("business"):
        said["business_connection_id"] = business
    if album := direct.kept.get("album"):
        said["media_group_id"] = album
    if direct.buttons:
        rows = [[_button(one)] for one in direct.buttons]
        said["reply_markup"] = {"inline_keyboard": rows}
    if replied := twin.talks.directs.get(direct.reply_to):
        said["reply_to_message"] = {
            "message_id": int(replied.id.rpartition(":")[2]),
            "chat": wording.chat(twin.user(replied.handle)),
            "date": int(replied.at),
            "text": replied.text,
        }
    return said


def _button(one: dict[str, str]) -> dict[str, str]:
    leads = {"url": one["url"]} if one.get("url") else {"callback_data": one["payload"]}
    return {"text": one["title"], **leads}


def _medium(media: Media) -> dict[str, Any]:
    file = {"file_id": file_id(media.url), "file_unique_id": file_id(media.url)[:16], "file_size": 10_000}
    match media.kind:
        case "image":
            small = {**file, "file_id": f"{file['file_id']}.s", "width": 90, "height": 56}
            return {"photo": [small, {**file, "width": 1280, "height": 800}]}
        case "video":
            return {"video": {**file, "width": 640, "height": 400, "duration": 5, "mime_type": "video/mp4"}}
        case "audio":
            name = {"file_name": media.name, "mime_type": "audio/wav"}
            return {"audio": {**file, "duration": 1, **name}}
        case "voice":
            return {"voice": {**file, "duration": 1, "mime_type": "audio/ogg"}}
        case "sticker":
            shape = {"type": "regular", "is_animated": False, "is_video": False}
            return {"sticker": {**file, "width": 512, "height": 512, **shape, "emoji": "👍"}}
        case "contact":
            contact = {"phone_number": "+420123456789", "first_name": media.name or "Jana"}
            return {"contact": {**contact, **media.kept}}
        case "location":
            return {"location": {"latitude": 50.087, "longitude": 14.421, **media.kept}}
        case _:
            return {"document": {**file, "file_name": media.name}}

"""What a customer said, as Viber's `message` object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.sandbox.talks.things import Direct, Media

if TYPE_CHECKING:
    from heard.sandbox.viber.twin import Viber


def said(twin: Viber, direct: Direct, *, tracking: str) -> dict[str, Any]:
    """One message carries one thing; `tracking` is what our last message asked to be given back."""
    body = _medium(twin, direct.media[0], direct.text) if direct.media else {"type": "text"}
    if direct.text and body["type"] in {"text", "picture"}:
        body["text"] = direct.text
    if tracking:
        body["tracking_data"] = tracking
    return body


def _medium(twin: Viber, media: Media, text: str) -> dict[str, Any]:
    url = twin.link(media.url)
    match media.kind:
        case "image":
            return {"type": "picture", "media": url, "thumbnail": url, "file_name": media.name}
        case "video":
            return {"type": "video", "media": url, "thumbnail": "", "size": 10_000, "duration": 10}
        case "sticker":
            return {"type": "sticker", "sticker_id": 46105, "media": url}
        case "contact":
            contact = {"name": media.name or "Jana Kovářová", "phone_number": "+420123456789"}
            return {"type": "contact", "contact": {**contact, **media.kept}}
        case "location":
            return {"type": "location", "location": {"lat": 50.087, "lon": 14.421, **media.kept}}
        case "link":
            return {"type": "url", "media": text or "https://shop.example/mugs"}
        case _:
            return {"type": "file", "media": url, "file_name": media.name, "size": 10_000}

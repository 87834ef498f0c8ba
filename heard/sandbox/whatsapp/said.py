"""What a customer said, as WhatsApp's message object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.channels.whatsapp import simulator as wording
from heard.sandbox.talks import files
from heard.sandbox.talks.things import Direct, Media
from heard.sandbox.whatsapp.people import Ids

if TYPE_CHECKING:
    from heard.sandbox.whatsapp.twin import WhatsApp

KINDS = {"image": "image", "video": "video", "audio": "audio", "file": "document", "sticker": "sticker"}


def said(twin: WhatsApp, direct: Direct, who: Ids) -> dict[str, Any]:
    """One message carries one thing."""
    kind, part = _content(twin, direct)
    return wording.message(
        direct.id,
        kind,
        part,
        at=direct.at,
        phone=who.shown,
        user_id=who.user_id,
        context=direct.reply_to,
    )


def _content(twin: WhatsApp, direct: Direct) -> tuple[str, Any]:
    if direct.quick and direct.kept.get("interactive"):
        reply = {"id": direct.quick, "title": direct.text}
        return "interactive", {"type": "button_reply", "button_reply": reply}
    if direct.quick:
        return "button", {"text": direct.text, "payload": direct.quick}
    if not direct.media:
        return "text", {"body": direct.text}
    media = direct.media[0]
    if media.kind == "location":
        return "location", {"latitude": 50.087, "longitude": 14.421, **_place(media)}
    if media.kind == "contact":
        name = media.name or "Jana Kovářová"
        phones = [{"phone": "+420 123 456 789", "wa_id": "420123456789"}]
        return "contacts", [{"name": {"formatted_name": name, "first_name": name}, "phones": phones}]
    return KINDS[media.kind], _file(twin, direct, media)


def _place(media: Media) -> dict[str, Any]:
    return {name: value for name, value in media.kept.items() if name != "id"}


def _file(twin: WhatsApp, direct: Direct, media: Media) -> dict[str, Any]:
    part: dict[str, Any] = {"id": media.kept["id"], "mime_type": mime(twin, media), "sha256": "c2FuZGJveA=="}
    if direct.text and media.kind in ("image", "video", "file"):
        part["caption"] = direct.text
    if media.kind == "file":
        part["filename"] = media.name
    if media.kind == "audio":
        part["voice"] = True
    return part


def mime(twin: WhatsApp, media: Media) -> str:
    content = files.content(twin.talks, media.url)
    return files.type_of(content) if content else "application/octet-stream"

"""Pictures and files that came with messages: noted with the text, fetched later."""

from __future__ import annotations

from collections.abc import Iterable

from heard.channels.contract import CarriesParts, LocatesMedia, Media, MessageIn
from heard.channels.registry import channel
from heard.tickets.models import Attachment, Message

FILES = frozenset({"image", "video", "audio", "file", "sticker"})


def save_attachments(said: Iterable[tuple[Message, MessageIn]]) -> None:
    rows = [
        Attachment(
            workspace_id=message.workspace_id,
            message=message,
            kind=media.kind,
            url=media.url,
            name=media.name[:255],
            content_type=media.content_type[:100],
            detail=dict(media.detail),
            state=Attachment.State.PENDING if _is_to_fetch(media, message) else Attachment.State.LINKED,
        )
        for message, fact in said
        for media in fact.media
    ]
    if rows:
        Attachment.objects.bulk_create(rows)


def _is_to_fetch(media: Media, message: Message) -> bool:
    """What has no address yet is asked for by what else the network told of it."""
    asked_for = media.kind in FILES and bool(media.detail)
    has_place = bool(media.url) or (
        asked_for and isinstance(channel(message.inbox.channel), LocatesMedia | CarriesParts)
    )
    return has_place and media.keep

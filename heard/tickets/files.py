"""Pictures and files of messages: what came is noted with the text and fetched later, what goes out we hold."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from heard.channels.contract import CarriesParts, LocatesMedia, Media, MessageIn
from heard.channels.registry import channel
from heard.file_types import kind_of
from heard.tickets.models import Attachment, Message
from heard.uploads.models import UploadedFile

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


def attach(message: Message, uploads: Sequence[UploadedFile]) -> None:
    """Files that go out with a message of ours. Each keeps the key that our copy lies under."""
    rows = [
        Attachment(
            workspace_id=message.workspace_id,
            message=message,
            kind=kind_of(one.content_type),
            name=one.name,
            content_type=one.content_type,
            size=one.size,
            detail={"alt": one.alt, "width": one.width, "height": one.height},
            state=Attachment.State.STORED,
            key=one.key,
        )
        for one in uploads
    ]
    Attachment.objects.bulk_create(rows)


def detach(message: Message, *, place: str) -> None:
    """Files of a message that never left go back to whoever wrote it. Their names stay to be seen."""
    if message.agent_id is None:
        return
    for one in message.attachments.filter(state=Attachment.State.STORED).order_by("pk"):
        UploadedFile.objects.create(
            workspace_id=one.workspace_id,
            agent_id=message.agent_id,
            place=place,
            key=one.key,
            name=one.name,
            content_type=one.content_type,
            size=one.size or 0,
            width=one.detail.get("width"),
            height=one.detail.get("height"),
            alt=str(one.detail.get("alt") or ""),
        )
        one.key, one.state = uuid.uuid4(), Attachment.State.LINKED
        one.save(update_fields=["key", "state"])

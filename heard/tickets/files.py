"""Pictures and files that came with messages: noted with the text, fetched later."""

from __future__ import annotations

from collections.abc import Iterable

from heard.channels.contract import MessageIn
from heard.tickets.models import Attachment, Message


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
            state=Attachment.State.PENDING if media.url and media.keep else Attachment.State.LINKED,
        )
        for message, fact in said
        for media in fact.media
    ]
    if rows:
        Attachment.objects.bulk_create(rows)

"""All that a page's conversations hold between two times, as far back as Meta lets us read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from heard.channels.contract import Ignored, Incoming, Kind, Media, MessageIn, Person, Rejected
from heard.channels.fields import as_aside, as_list, as_mapping, as_time, as_url
from heard.channels.meta.conversations import Mailbox, messages_of, name_in, person_in


def held(mailbox: Mailbox, *, channel: str, since: datetime, until: datetime) -> Iterator[Incoming]:
    """The messages, conversation by conversation. Raises TryAgain or ReconnectNeeded.

    Of each conversation only the newest 20 messages can be read. A refusal is one `Ignored` with its reason.
    """
    try:
        for conversation in mailbox.conversations():
            updated = as_time(conversation.get("updated_time"))
            if updated is not None and updated < since:
                return  # the list is newest first
            for message in reversed(messages_of(conversation)):
                at = as_time(message.get("created_time"))
                if at is not None and since <= at <= until:
                    yield _fact(message, mailbox.account, channel, at)
    except Rejected as rejected:
        reason = f"Meta refused to list conversations: {rejected.reason}"
        yield Ignored(at=until, account=mailbox.account, channel=channel, reason=reason)


def _fact(message: Mapping[str, Any], page: str, channel: str, at: datetime) -> Incoming:
    address, external_id = person_in(message, page), as_aside(message.get("id"))
    if not address or not external_id:
        reason = "A message was listed without its id or without its person."
        return Ignored(at=at, raw=message, account=page, channel=channel, reason=reason)
    ours = str(as_mapping(message.get("from")).get("id")) == page
    return MessageIn(
        at=at,
        raw=message,
        account=page,
        channel=channel,
        kind=Kind.DIRECT,
        external_id=external_id,
        thread=address,
        text=as_aside(message.get("message")),
        author=Person(page) if ours else Person(address, name=name_in(message, address)),
        ours=ours,
        public=False,
        media=tuple(_media(message)),
        to=address if ours else "",
    )


def _media(message: Mapping[str, Any]) -> Iterator[Media]:
    """The Conversations API describes attachments in words of its own."""
    for attachment in map(as_mapping, as_list(as_mapping(message.get("attachments")).get("data"))):
        content_type, name = as_aside(attachment.get("mime_type")), as_aside(attachment.get("name"))
        kind = content_type.partition("/")[0]
        url = (
            as_url(as_mapping(attachment.get("image_data")).get("url"))
            or as_url(as_mapping(attachment.get("video_data")).get("url"))
            or as_url(attachment.get("file_url"))
        )
        if kind not in ("image", "video", "audio"):
            kind = "file" if url else "unsupported"
        yield Media(kind, url, name=name, content_type=content_type)

"""One call of our front, read into a fact. Pure: no clock, no network, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from heard.channels.chat.payloads import Event, File
from heard.channels.contract import (
    UNKNOWN_TIME,
    AddressChanged,
    Ignored,
    Incoming,
    Kind,
    Media,
    MessageIn,
    Person,
    Receipt,
)
from heard.channels.fields import as_aside, as_mapping, what_is_wrong
from heard.channels.reading import read_json

LEFT = "left while nobody was there"
PARTED = " · "


def facts(body: bytes) -> Iterator[Incoming]:
    """Raises Unreadable. Whatever else is not as expected is one `Ignored`."""
    document = read_json(body)
    raw = as_mapping(document).get("event")
    if not isinstance(raw, dict):
        whole = document if isinstance(document, dict) else {"value": document}
        yield Ignored(at=UNKNOWN_TIME, raw=whole, reason="The call has no event.")
        return
    yield _fact(raw)


def _fact(raw: Mapping[str, Any]) -> Incoming:
    try:
        event = Event.model_validate(raw)
        files = [File.model_validate(file) for file in event.files]
    except ValidationError as error:
        reason = f"The event is not as we write it: {what_is_wrong(error)}."
        return Ignored(at=UNKNOWN_TIME, raw=raw, reason=reason)
    at = event.at or UNKNOWN_TIME
    if event.type == "line" and event.id and event.visitor.id:
        return _line(event, files, raw, at)
    if event.type == "seen" and event.visitor.id and event.until:
        return Receipt(at=at, raw=raw, status="read", address=event.visitor.id, until=event.until)
    if event.type == "identified" and event.was and event.visitor.id:
        return AddressChanged(at=at, raw=raw, old=event.was, new=event.visitor.id)
    return Ignored(at=at, raw=raw, reason="The event is of a type that Heard does not know.")


def _line(event: Event, files: list[File], raw: Mapping[str, Any], at: datetime) -> MessageIn:
    visitor = event.visitor
    return MessageIn(
        at=at,
        raw=raw,
        kind=Kind.CHAT,
        external_id=event.id,
        thread=visitor.id,
        text=event.text,
        author=Person(
            visitor.id,
            name=visitor.name,
            handle=visitor.email,
            aliases=[one for one in event.aliases if as_aside(one)],
            language=visitor.language,
        ),
        public=False,
        permalink=event.page.url,
        media=[_media(file) for file in files],
        verified=event.proved,
        note=_note(event),
    )


def _media(file: File) -> Media:
    """Our copy is there before the line is: its key leads to it."""
    return Media(
        file.kind, name=file.name, content_type=file.content_type, detail={"upload": file.key}, keep=False
    )


def address_left(note: str) -> str:
    """Where they want to be answered; empty for what was written while somebody was there."""
    left, *rest = note.split(PARTED)
    return rest[0] if left == LEFT and rest and "@" in rest[0] else ""


def _note(event: Event) -> str:
    where = event.page.title or event.page.url
    told = [LEFT, event.visitor.email] if event.left else []
    return PARTED.join(part for part in (*told, where) if part)

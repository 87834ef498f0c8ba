"""One call of the network, read into facts. Pure: no clock, no network, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from heard.channels.contract import (
    UNKNOWN_TIME,
    Ignored,
    Incoming,
    Kind,
    MessageDeleted,
    MessageIn,
    Person,
)
from heard.channels.example.payloads import Event
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.reading import read_json


def facts(body: bytes) -> Iterator[Incoming]:
    """Raises Unreadable. Whatever else is not as expected is one `Ignored`, and its neighbours go on."""
    document = read_json(body)
    events = as_list(as_mapping(document).get("events"))
    if not events:
        raw = document if isinstance(document, dict) else {"value": document}
        yield Ignored(at=UNKNOWN_TIME, raw=raw, reason="The call has no events.")
    for event in events:
        yield _fact(event if isinstance(event, dict) else {"value": event})


def _fact(raw: Mapping[str, Any]) -> Incoming:
    try:
        event = Event.model_validate(raw)
    except ValidationError as error:
        reason = f"The event is not as documented: {what_is_wrong(error)}."
        return Ignored(at=UNKNOWN_TIME, raw=raw, reason=reason)
    at = event.at or UNKNOWN_TIME
    if event.type == "message" and event.id and event.author.id:
        return MessageIn(
            at=at,
            raw=raw,
            kind=Kind.DIRECT,
            external_id=event.id,
            thread=event.author.id,
            text=event.text,
            author=Person(event.author.id, name=event.author.name),
            public=False,
        )
    if event.type == "removed" and event.id:
        return MessageDeleted(at=at, raw=raw, external_id=event.id)
    return Ignored(at=at, raw=raw, reason="The event is of a type that Heard does not know.")

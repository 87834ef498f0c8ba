"""One call of Viber, read into facts. Pure: no clock, no network, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from pydantic import ValidationError

from heard.channels.contract import (
    UNKNOWN_TIME,
    Happening,
    Ignored,
    Incoming,
    Kind,
    MessageIn,
    Person,
    Receipt,
)
from heard.channels.fields import as_mapping, what_is_wrong
from heard.channels.reading import read_json
from heard.channels.viber.media import media_of, text_of
from heard.channels.viber.payloads import Event

_RECEIPTS: Final = {"delivered": "delivered", "seen": "read", "failed": "failed"}
_ABOUT_SOMEBODY: Final = ("subscribed", "unsubscribed", "conversation_started", "client_status")
_NOT_TOLD: Final = ("event", "timestamp", "message_token")


class Stamp(TypedDict):
    at: datetime
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Came:
    """One event, read and as it came."""

    event: Event
    raw: Mapping[str, Any]

    @property
    def stamp(self) -> Stamp:
        return Stamp(at=self.event.timestamp or UNKNOWN_TIME, raw=self.raw)

    def ignored(self, reason: str) -> Ignored:
        return Ignored(**self.stamp, reason=reason)


def facts(body: bytes) -> list[Incoming]:
    """Raises Unreadable."""
    document = read_json(body)
    if not isinstance(document, dict):
        return [Ignored(at=UNKNOWN_TIME, raw={"value": document}, reason="The call is not an object.")]
    try:
        event = Event.model_validate(document)
    except ValidationError as error:
        reason = f"The event is not as documented: {what_is_wrong(error)}."
        return [Ignored(at=UNKNOWN_TIME, raw=document, reason=reason)]
    return [_fact(Came(event, document))]


def _fact(came: Came) -> Incoming:
    event = came.event
    if event.event == "message":
        return _message(came)
    if event.event in _RECEIPTS:
        return _receipt(came)
    if event.event == "webhook":
        return Happening(**came.stamp, name="webhook_checked")
    if event.event in _ABOUT_SOMEBODY:
        return _happening(came)
    return came.ignored("The event is of a type that Heard does not know.")


def _message(came: Came) -> Incoming:
    event, said = came.event, came.event.message
    if not event.message_token or not event.sender.id or said is None:
        return came.ignored("A message came without its token, its author or its content.")
    return MessageIn(
        **came.stamp,
        kind=Kind.DIRECT,
        external_id=event.message_token,
        thread=event.sender.id,
        text=text_of(said),
        author=Person(
            event.sender.id,
            name=event.sender.name,
            picture_url=event.sender.avatar,
            language=event.sender.language,
        ),
        public=False,
        media=media_of(said, as_mapping(came.raw.get("message"))),
        note="contact" if said.type == "contact" else "",
    )


def _receipt(came: Came) -> Incoming:
    """One comes for every device of the person, so the same one may come twice."""
    event = came.event
    if not event.message_token:
        return came.ignored("A receipt came without the message's token.")
    return Receipt(
        **came.stamp,
        status=_RECEIPTS[event.event],
        external_ids=(event.message_token,),
        address=event.person.id,
        reason=event.desc,
    )


def _happening(came: Came) -> Incoming:
    event = came.event
    if not event.person.id:
        return came.ignored("An event came without the person that it is about.")
    detail = {name: value for name, value in came.raw.items() if name not in _NOT_TOLD}
    return Happening(**came.stamp, name=event.event, address=event.person.id, detail=detail)

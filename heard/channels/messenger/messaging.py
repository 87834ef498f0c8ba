"""Which reader takes which messaging event: the key that exists says what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import Incoming
from heard.channels.fields import what_is_wrong
from heard.channels.messenger import events, messages
from heard.channels.messenger.payloads import Event
from heard.channels.messenger.talk import Talk
from heard.channels.meta.envelope import Element, shown

Reader = Callable[[Talk, Any], list[Incoming]]


def _happening(key: str) -> Reader:
    return lambda talk, value: events.happening(talk, key, value)


READERS: Final[Mapping[str, Reader]] = {
    "message": messages.message,
    "message_edit": messages.message_edit,
    "postback": messages.postback,
    "referral": messages.referral,
    "delivery": events.delivery,
    "read": events.read,
    "reaction": events.reaction,
    **{key: _happening(key) for key in events.HAPPENINGS},
}
_AROUND: Final = frozenset({"sender", "recipient", "timestamp", "seq"})


def facts_of_messaging(element: Element) -> list[Incoming]:
    try:
        talk = Talk(element, Event.model_validate(element.raw))
    except ValidationError as error:
        return [_undocumented(element, error)]
    known = [key for key in READERS if element.raw.get(key) is not None]
    if not known:
        return [element.ignored(f"The event is {_names(element)}, which Heard does not know.")]
    return [fact for key in known for fact in _read(talk, key)]


def _read(talk: Talk, key: str) -> list[Incoming]:
    try:
        return READERS[key](talk, talk.element.raw[key])
    except ValidationError as error:
        return [_undocumented(talk.element, error)]


def _undocumented(element: Element, error: ValidationError) -> Incoming:
    return element.ignored(f"The event is not as documented: {what_is_wrong(error)}.")


def _names(element: Element) -> str:
    unknown = sorted(key for key in element.raw if key not in _AROUND)
    return shown(", ".join(unknown)) if unknown else "empty"

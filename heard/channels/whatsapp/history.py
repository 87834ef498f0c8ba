"""What was said in the WhatsApp Business app before the number was connected, handed over in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from heard.channels.contract import Happening, Incoming
from heard.channels.fields import as_aside, as_id, as_list, as_mapping, what_is_wrong
from heard.channels.whatsapp.envelope import Change
from heard.channels.whatsapp.messages import facts_of_message


def history(change: Change, chunk: Mapping[str, Any]) -> list[Incoming]:
    """A chunk without conversations says why: the owner of the number shares none, say."""
    found = [
        fact for thread in as_list(chunk.get("threads")) for fact in _said_in(change, as_mapping(thread))
    ]
    return found or [Happening(**change.stamp(None, history=dict(chunk)), name="history", detail=chunk)]


def _said_in(change: Change, thread: Mapping[str, Any]) -> Iterator[Incoming]:
    person = as_id(thread.get("id"))
    for message in as_list(thread.get("messages")):
        if not isinstance(message, dict):
            yield change.ignored("The event is not an object.", message=message)
            continue
        try:
            yield from _facts(change, message, person)
        except ValidationError as error:
            reason = f"The event is not as documented: {what_is_wrong(error)}."
            yield change.ignored(reason, message=message)


def _facts(change: Change, message: dict[str, Any], person: str) -> list[Incoming]:
    """Ours are those that come from our own number; they do not always say to whom."""
    number = as_aside(as_mapping(change.value.get("metadata")).get("display_phone_number"))
    ours = bool(number) and message.get("from") == number
    told = {"to": person, **message} if ours else message
    return facts_of_message(change, told, ours=ours, past=True)

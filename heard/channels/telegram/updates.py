"""Updates read into facts. Pure: no clock, no network, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from pydantic import ValidationError

from heard.channels.contract import UNKNOWN_TIME, Ignored, Incoming
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.reading import read_json
from heard.channels.telegram import about, messages

Reader = Callable[["Update"], list[Incoming]]
_READERS: Final[dict[str, Reader]] = {
    "message": lambda update: messages.message(update),
    "edited_message": lambda update: messages.edited(update),
    "business_message": lambda update: messages.message(update),
    "edited_business_message": lambda update: messages.edited(update),
    "deleted_business_messages": lambda update: messages.deleted(update),
    "callback_query": lambda update: messages.callback(update),
    "message_reaction": lambda update: about.reaction(update),
    "my_chat_member": lambda update: about.member(update),
    "business_connection": lambda update: about.connection(update),
}
_NOT_READ: Final = {
    "channel_post": "Channels are not read: only what people write to the bot.",
    "edited_channel_post": "Channels are not read: only what people write to the bot.",
    "message_reaction_count": "Channels are not read: only what people write to the bot.",
    "chat_member": "Groups are not read: only what people write to the bot.",
    "chat_join_request": "Groups are not read: only what people write to the bot.",
    "chat_boost": "Groups are not read: only what people write to the bot.",
    "removed_chat_boost": "Groups are not read: only what people write to the bot.",
    "inline_query": "Inline queries are not messages to the bot.",
    "chosen_inline_result": "Inline queries are not messages to the bot.",
    "poll": "Votes are not messages to the bot.",
    "poll_answer": "Votes are not messages to the bot.",
    "shipping_query": "Payments are not taken here.",
    "pre_checkout_query": "Payments are not taken here.",
    "purchased_paid_media": "Payments are not taken here.",
}


class Stamp(TypedDict):
    at: datetime
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """`part` is what the update is about, `raw` the whole of it."""

    kind: str
    part: Mapping[str, Any]
    raw: Mapping[str, Any]

    def stamp(self, at: datetime | None) -> Stamp:
        return Stamp(at=at or UNKNOWN_TIME, raw=self.raw)

    def ignored(self, reason: str, at: datetime | None = None) -> list[Incoming]:
        return [Ignored(**self.stamp(at), reason=reason)]


def facts(body: bytes) -> list[Incoming]:
    """One update as a hook brings it, or many as the answer to our asking. Raises Unreadable."""
    document = read_json(body)
    found = [fact for raw in _each(document) for fact in _facts(raw)]
    if not found:
        raw = document if isinstance(document, dict) else {"value": document}
        return [Ignored(at=UNKNOWN_TIME, raw=raw, reason="The call has no updates.")]
    return found


def _each(document: Any) -> Iterator[Any]:
    if isinstance(document, dict) and "result" in document and "update_id" not in document:
        yield from as_list(document["result"])
    else:
        yield document


def _facts(raw: Any) -> list[Incoming]:
    if not isinstance(raw, dict):
        return [Ignored(at=UNKNOWN_TIME, raw={"value": raw}, reason="The update is not an object.")]
    kind = next((key for key in raw if key in _READERS or key in _NOT_READ), "")
    update = Update(kind, as_mapping(raw.get(kind)), raw)
    if kind not in _READERS:
        return update.ignored(_NOT_READ.get(kind, "The update is of a kind that Heard does not know."))
    try:
        return _READERS[kind](update)
    except ValidationError as error:
        return update.ignored(f"The update is not as documented: {what_is_wrong(error)}.")

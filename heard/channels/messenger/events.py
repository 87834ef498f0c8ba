"""What happens around messages: receipts, reactions, opt-ins, other apps taking the conversation."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Happening, Incoming, Reaction, Receipt
from heard.channels.fields import as_mapping
from heard.channels.messenger.payloads import Delivery, MessageReaction, Read
from heard.channels.messenger.talk import Talk

HAPPENINGS: Final = {
    "optin": "optin",
    "pass_thread_control": "thread_passed",
    "take_thread_control": "thread_taken",
    "request_thread_control": "thread_requested",
    "app_roles": "app_roles",
    "policy_enforcement": "policy_enforcement",
}
_EMOJI: Final = {
    "love": "❤",
    "like": "👍",
    "dislike": "👎",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😡",
}


def delivery(talk: Talk, value: Any) -> list[Incoming]:
    """The named messages and all before the watermark have arrived."""
    told = Delivery.model_validate(value)
    if not told.mids and told.watermark is None:
        return [talk.element.ignored("A receipt names neither messages nor a time.")]
    return [
        Receipt(
            **talk.stamp(told.watermark),
            status="delivered",
            external_ids=tuple(filter(None, told.mids)),
            address=talk.address,
            until=told.watermark,
        )
    ]


def read(talk: Talk, value: Any) -> list[Incoming]:
    told = Read.model_validate(value)
    if told.mid:
        return [Receipt(**talk.stamp(), status="read", external_ids=(told.mid,), address=talk.address)]
    until = told.watermark or talk.event.timestamp
    if until is None or not talk.address:
        return [talk.element.ignored("A receipt names neither a person nor a time.")]
    return [Receipt(**talk.stamp(until), status="read", address=talk.address, until=until)]


def reaction(talk: Talk, value: Any) -> list[Incoming]:
    told = MessageReaction.model_validate(value)
    if not told.mid:
        return [talk.element.ignored("A reaction came without the message's id.")]
    return [
        Reaction(
            **talk.stamp(),
            external_id=told.mid,
            author=talk.author if talk.ours or talk.address else None,
            ours=talk.ours,
            emoji=told.emoji or _EMOJI.get(told.reaction, ""),
            name=told.reaction,
            added=told.action != "unreact",
        )
    ]


def happening(talk: Talk, key: str, value: Any) -> list[Incoming]:
    detail = as_mapping(value)
    return [Happening(**talk.stamp(), name=HAPPENINGS[key], address=talk.address, detail=detail)]

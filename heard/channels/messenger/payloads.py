"""What Meta writes into `messaging` and `standby`: one event, told by the key that it has."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from heard.channels.fields import Aside, Flag, Id, Items, Part, Payload, Text, Time, Url, as_mapping

Empty = BeforeValidator(lambda value: {} if value is None else value)
Lenient = BeforeValidator(as_mapping)


class Party(Payload):
    id: Id = ""
    user_ref: Id = ""  # a guest of the chat plugin, who has no id yet


class Story(Payload):
    """A story of ours on Instagram, of which nobody may keep a copy."""

    id: Aside = ""
    url: Url = ""


class Reference(Payload):
    mid: Aside = ""
    story: Annotated[
        Story | None, BeforeValidator(lambda value: value if isinstance(value, dict) else None)
    ] = None


class QuickReply(Payload):
    payload: Aside = ""


class Message(Payload):
    mid: Id = ""
    text: Text = ""
    attachments: Items = ()
    sticker_id: Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))] = ""
    reply_to: Annotated[Reference, Lenient] = Field(default_factory=Reference)
    quick_reply: Annotated[QuickReply, Lenient] = Field(default_factory=QuickReply)
    is_deleted: Flag = None
    is_unsupported: Flag = None
    metadata: Aside = ""
    referral: Part = Field(default_factory=dict)


class MessageEdit(Payload):
    """`num_edit` comes as number and as text and changes nothing for us."""

    mid: Id = ""
    text: Text = ""


class Postback(Payload):
    mid: Id = ""
    title: Text = ""
    payload: Aside = ""
    referral: Part = Field(default_factory=dict)


class Delivery(Payload):
    mids: Annotated[tuple[Id, ...], BeforeValidator(lambda value: () if value is None else value)] = ()
    watermark: Time = None


class Read(Payload):
    watermark: Time = None
    mid: Aside = ""  # Instagram names the message instead of a time


class MessageReaction(Payload):
    mid: Id = ""
    action: Text = ""
    reaction: Aside = ""
    emoji: Aside = ""


class Event(Payload):
    """One element. The keys that say what happened are read apart, so that one cannot spoil another."""

    sender: Annotated[Party, Empty] = Field(default_factory=Party)
    recipient: Annotated[Party, Empty] = Field(default_factory=Party)
    timestamp: Time = None

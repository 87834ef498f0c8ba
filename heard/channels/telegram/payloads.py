"""What Telegram writes. One update is one event; the key that exists says of which kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from heard.channels.fields import Aside, Flag, Id, Items, Part, Payload, Text, Time, as_list


class User(Payload):
    id: Id = ""
    first_name: Aside = ""
    last_name: Aside = ""
    username: Aside = ""
    language_code: Aside = ""

    @property
    def name(self) -> str:
        return " ".join(word for word in (self.first_name, self.last_name) if word)


class Chat(Payload):
    id: Id = ""
    type: Aside = ""


class Replied(Payload):
    message_id: Id = ""


class Message(Payload):
    message_id: Id = ""
    author: User = Field(default_factory=User, alias="from")
    chat: Chat = Field(default_factory=Chat)
    date: Time = None
    edit_date: Time = None
    text: Text = ""
    caption: Text = ""
    reply_to_message: Replied | None = None
    business_connection_id: Id = ""
    media_group_id: Aside = ""
    reply_markup: Part = Field(default_factory=dict)


class CallbackQuery(Payload):
    id: Id = ""
    author: User = Field(default_factory=User, alias="from")
    message: Message | None = None
    data: Aside = ""
    game_short_name: Aside = ""


class MessageReaction(Payload):
    chat: Chat = Field(default_factory=Chat)
    message_id: Id = ""
    user: User = Field(default_factory=User)
    date: Time = None
    old_reaction: Items = ()
    new_reaction: Items = ()


class MemberUpdated(Payload):
    chat: Chat = Field(default_factory=Chat)
    author: User = Field(default_factory=User, alias="from")
    date: Time = None
    old_chat_member: Part = Field(default_factory=dict)
    new_chat_member: Part = Field(default_factory=dict)


class Deleted(Payload):
    business_connection_id: Id = ""
    chat: Chat = Field(default_factory=Chat)
    message_ids: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()


class Connection(Payload):
    id: Id = ""
    user: User = Field(default_factory=User)
    date: Time = None
    is_enabled: Flag = None

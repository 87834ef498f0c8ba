"""What Viber writes. One call is one event."""

from __future__ import annotations

from pydantic import Field

from heard.channels.fields import Aside, Id, Part, Payload, Text, Time, Url


class User(Payload):
    id: Id = ""
    name: Aside = ""
    avatar: Url = ""
    country: Aside = ""
    language: Aside = ""


class Said(Payload):
    type: Text = ""
    text: Text = ""
    media: Aside = ""
    thumbnail: Url = ""
    file_name: Aside = ""
    sticker_id: Id = ""
    contact: Part = Field(default_factory=dict)
    location: Part = Field(default_factory=dict)
    size: object = None
    duration: object = None


class Event(Payload):
    event: Text = ""
    timestamp: Time = None
    message_token: Id = ""
    sender: User = Field(default_factory=User)
    user: User = Field(default_factory=User)
    user_id: Id = ""
    message: Said | None = None
    desc: Aside = ""

    @property
    def person(self) -> User:
        """Whoever it is about, whichever of three ways names them."""
        return self.sender if self.sender.id else self.user if self.user.id else User(id=self.user_id)

"""What the network writes. Ids, texts and times come from `fields`, which knows how networks vary."""

from __future__ import annotations

from pydantic import Field

from heard.channels.fields import Aside, Id, Payload, Text, Time


class Author(Payload):
    id: Id = ""
    name: Aside = ""


class Event(Payload):
    type: Text = ""
    id: Id = ""
    author: Author = Field(default_factory=Author, alias="from")
    text: Text = ""
    at: Time = None

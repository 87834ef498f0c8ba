"""What our own front writes down of a visitor, and reads again when the intake takes it in."""

from __future__ import annotations

from pydantic import Field

from heard.channels.fields import Aside, Flag, Id, Items, Payload, Text, Time, Url


class Visitor(Payload):
    id: Id = ""
    name: Aside = ""
    email: Aside = ""
    language: Aside = ""


class Page(Payload):
    url: Url = ""
    title: Aside = ""


class File(Payload):
    key: Aside = ""
    kind: Aside = "file"
    name: Aside = ""
    content_type: Aside = ""


class Event(Payload):
    type: Text = ""
    id: Id = ""
    visitor: Visitor = Field(default_factory=Visitor)
    text: Text = ""
    page: Page = Field(default_factory=Page)
    files: Items = ()
    aliases: Items = ()
    left: Flag = None  # written into the form for times when nobody is there
    proved: Flag = None  # the site vouches for who it is
    until: Time = None
    was: Id = ""  # what the visitor was called before
    at: Time = None

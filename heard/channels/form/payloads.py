"""What a submission looks like when our own page hands it over."""

from __future__ import annotations

from heard.channels.fields import Aside, Id, Items, Payload, Text, Time


class Answered(Payload):
    """One question as it was read, and what was said to it. Several choices are several answers."""

    field: Aside = ""
    label: Text = ""
    answers: Items = ()


class KeptFile(Payload):
    """A file that lies with us already, under a key that nobody can guess."""

    key: Id
    name: Aside = ""
    content_type: Aside = ""
    size: int = 0


class Author(Payload):
    address: Id = ""
    name: Aside = ""


class Submission(Payload):
    submission: Id
    thread: Id = ""
    form: Aside = ""
    language: Aside = ""
    at: Time = None
    subject: Aside = ""
    author: Author | None = None
    answers: tuple[Answered, ...]
    files: Items = ()

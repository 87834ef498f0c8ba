"""What the mail twin consists of: the company's mailboxes, and what stands in the mail programs of customers.

Times are Unix seconds of the twin's clock. Everything here is kept as JSON, field by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from email.utils import formataddr
from typing import Any


@dataclass(slots=True)
class Mailbox:
    """One of the company's. `key` signs what its mail service brings to the hook."""

    address: str
    name: str
    password: str
    key: str
    hook_url: str = ""
    revoked: bool = False  # the password is dead


@dataclass(slots=True)
class Letter:
    """A mail as it stands in one person's mail program; whoever got a copy has one of their own."""

    id: str  # its Message-ID, bare
    handle: str  # whose program
    mailbox: str  # the company's, that it went to or came from
    from_company: bool
    at: float
    name: str  # of the writer, as the mail says
    address: str
    to: list[str]
    cc: list[str]
    subject: str
    text: str
    html: str = ""
    refers: list[str] = field(
        default_factory=list
    )  # from the first mail of the conversation to the one answered
    thread: str = ""  # the id of the first mail that this program knows of the conversation
    files: list[dict[str, str]] = field(default_factory=list)  # name, path, type
    automatic: bool = False
    failed: str = ""  # why it never arrived

    @property
    def key(self) -> str:
        return f"{self.handle} {self.id}"

    @property
    def sender(self) -> str:
        return (
            formataddr((self.name, self.address)) if self.name.isascii() else f"{self.name} <{self.address}>"
        )


def row(thing: Mailbox | Letter) -> dict[str, Any]:
    return asdict(thing)


def letter(row: Mapping[str, Any]) -> Letter:
    return Letter(**row)

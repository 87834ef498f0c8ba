"""What a private network consists of: accounts, the people who write to them, and what was said.

Times are Unix seconds of the twin's clock. Everything here is kept as JSON, field by field. `kept` holds
what only one network needs to remember.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar


@dataclass(slots=True)
class Account:
    """A bot or a number that customers write to."""

    id: str
    name: str
    about: str
    token: str
    secret: str = ""  # what hooks are signed or marked with, where that is not the token
    hook_url: str = ""
    revoked: bool = False  # the token is dead
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Media:
    kind: str
    url: str = ""  # a path of ours, or an address that somebody gave
    name: str = ""
    kept: dict[str, Any] = field(default_factory=dict)  # coordinates, a phone number …


@dataclass(slots=True)
class Direct:
    id: str
    account: str
    handle: str  # the customer, whoever wrote
    text: str
    from_page: bool  # said by the account
    at: float
    by: str = ""  # of the account's: "api", or "own_app" when it was said past Heard
    token: str = ""  # the caller's own mark
    media: list[Media] = field(default_factory=list)
    reply_to: str = ""
    quick: str = ""  # the payload of the button that the customer pressed to say this
    buttons: list[dict[str, str]] = field(default_factory=list)  # title, payload
    edits: int = 0
    removed: bool = False
    failed: str = ""  # why it never arrived
    reactions: dict[str, str] = field(default_factory=dict)  # handle, "" for the account → emoji
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Conversation:
    account: str
    handle: str
    updated_at: float = 0
    opened_at: float = 0  # the customer's last act that opens a window; 0: never
    delivered_to: float = 0
    read_to: float = 0  # the customer has read ours up to here
    seen_to: float = 0  # the account has marked theirs as read up to here
    typing_until: float = 0
    blocked: bool = False
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.account}:{self.handle}"


Thing = Account | Direct | Conversation
ThingT = TypeVar("ThingT", bound=Thing)


def row(thing: Thing) -> dict[str, Any]:
    return asdict(thing)


def thing(made: type[ThingT], row: Mapping[str, Any]) -> ThingT:
    if "media" in row:
        row = {**row, "media": [Media(**one) for one in row["media"]]}
    return made(**row)

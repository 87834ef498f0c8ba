"""What X consists of beside conversations: posts, and what the app has asked for.

Times are Unix seconds of the twin's clock. Everything here is kept as JSON, field by field.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from heard.sandbox.talks.things import Media


@dataclass(slots=True)
class Post:
    """`author`, `likes` and `reposts` name people by their id at X. `handle` is "" for an account of a company."""

    id: str
    author: str
    handle: str
    text: str
    at: float
    conversation: str
    parent: str = ""
    parent_author: str = ""
    quoted: str = ""
    versions: list[str] = field(default_factory=list)  # ids, the first one first
    media: list[Media] = field(default_factory=list)
    likes: list[str] = field(default_factory=list)
    reposts: list[str] = field(default_factory=list)
    hidden: bool = False
    removed: bool = False
    by: str = ""  # of an account's: "api" or "own_app"

    @property
    def newest_id(self) -> str:
        return self.versions[-1] if self.versions else self.id


@dataclass(slots=True)
class App:
    """The program in X's developer console that all accounts here are connected through."""

    id: str
    client_id: str
    client_secret: str
    api_key: str
    api_secret: str
    bearer: str


@dataclass(slots=True)
class Token:
    """An OAuth 2.0 token of a user. `refresh` works once."""

    id: str
    account: str
    scopes: list[str]
    expires_at: float
    refresh: str = ""
    revoked: bool = False


@dataclass(slots=True)
class Webhook:
    id: str
    url: str
    valid: bool = True
    created_at: float = 0


@dataclass(slots=True)
class Subscription:
    id: str
    event_type: str
    account: str
    webhook: str
    tag: str = ""
    direction: str = ""


@dataclass(slots=True)
class Rule:
    id: str
    value: str
    tag: str = ""


@dataclass(slots=True)
class Upload:
    """A picture that the account has sent to be posted."""

    id: str
    path: str
    alt: str = ""
    category: str = "tweet_image"


Thing = Post | App | Token | Webhook | Subscription | Rule | Upload


def row(thing: Thing) -> dict[str, Any]:
    return asdict(thing)

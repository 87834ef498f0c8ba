"""What the sandbox asks of a simulated network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from starlette.routing import BaseRoute

from heard.sandbox.wish import Verb

if TYPE_CHECKING:
    from heard.sandbox.pages.site import Site


@dataclass(frozen=True, slots=True)
class Place:
    """A network in the row at the head of every page.

    `path` is its customer page, without the slash. `title` is one or two words, `go` the label of the
    button that leads there from the first page; both are English source texts.
    """

    slug: str
    title: str
    path: str
    go: str


@dataclass(frozen=True, slots=True)
class Door:
    """A way from the first page to an account: `label` is for the eye, `says` for a screen reader."""

    label: str
    href: str
    says: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whom customers can write to: a page, a bot, a mailbox."""

    name: str
    about: str
    picture: str  # a URL; "": none
    doors: Sequence[Door]


class Twin(Protocol):
    """A simulated network, or a family of them that share their accounts.

    `routes` are the network's own paths, as adapters call them. `pages` are those that customers see;
    `places` and `accounts` lead there. Verbs named in `play.ALLOWED` may be used by the pages' forms.
    """

    slugs: tuple[str, ...]

    def routes(self) -> list[BaseRoute]: ...
    def verbs(self, slug: str) -> dict[str, Verb]: ...
    def reset(self) -> None: ...
    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any: ...
    def places(self) -> Sequence[Place]: ...
    def accounts(self) -> Sequence[Account]: ...
    def pages(self, site: Site) -> list[BaseRoute]: ...


@runtime_checkable
class Opens(Protocol):
    """A network with a door of its own beside HTTP, open as long as the sandbox runs."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...

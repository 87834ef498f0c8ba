"""What the twins of private networks share. Each network adds its paths, bodies, signatures and limits."""

from __future__ import annotations

import abc
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.sandbox.calls import Calls
from heard.sandbox.delivery.engine import Manner
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.ground import Ground
from heard.sandbox.pages.site import Site
from heard.sandbox.persons import KNOWN, digits
from heard.sandbox.talks import files, verbs
from heard.sandbox.talks.chat import chat
from heard.sandbox.talks.network import Talks
from heard.sandbox.talks.telling import Telling
from heard.sandbox.talks.things import Account, Direct, Media
from heard.sandbox.twin import Account as Shown
from heard.sandbox.twin import Door, Place
from heard.sandbox.wish import BadWish, Verb

NAME, ABOUT = "Acme Shop", "Things for the home, sent from our own warehouse since 2009."
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
MAGIC: dict[str, int | str] = {"-429": 429, "-190": "token_expired", "-551": "blocked", "-window": "window"}


class TalkTwin(Telling, abc.ABC):
    """A private network with its accounts, people and conversations.

    `can` names what customers can do beside writing: open, edit, delete, react, read, press, block; and
    `own_app` where the company can answer past Heard. `media_kinds` are those that customers can send.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    go: ClassVar[str] = N_("Write a direct message")
    can: ClassVar[frozenset[str]] = frozenset({"read"})
    media_kinds: ClassVar[Sequence[str]] = ("image", "video", "audio", "file", "sticker")
    media_host: ClassVar[str]  # the host that files are fetched from
    window_s: ClassVar[float | None] = None

    def __init__(self, ground: Ground) -> None:
        self.slugs: tuple[str, ...] = (self.slug,)
        self.ground = ground
        self.talks = Talks(ground, self.slug, self.address)
        self.calls = Calls()
        self.told: deque[Event] = deque(maxlen=50)  # the newest events, for a send that waits for its echo
        ground.engine.serve(self.slug, self._prepare, self.manner())
        with ground.storage.together():
            for handle in KNOWN:
                ground.cast.person(handle)
            if not self.talks.accounts:
                self.add_account(NAME, ABOUT)

    def now(self) -> float:
        return self.ground.clock.now()

    # ── what each network says itself ──

    @abc.abstractmethod
    def api(self) -> list[BaseRoute]:
        """The network's API, under its real host's name."""

    @abc.abstractmethod
    def address(self, account: str, handle: str) -> str:
        """How an account (by id) sees a person."""

    @abc.abstractmethod
    def direct_id(self, account: Account, handle: str) -> str:
        """An id for the next message, never given before on this network."""

    @abc.abstractmethod
    def hook_call(self, account: Account, events: Sequence[Event]) -> HookCall:
        """The signed call for events that one account's hook shall hear of."""

    @abc.abstractmethod
    def signed(self, account: Account, body: bytes) -> HookCall:
        """Any body, as the network signs it."""

    @abc.abstractmethod
    def credentials(self, account: Account) -> dict[str, str]:
        """What connects an inbox: the fields of the channel's credentials."""

    @abc.abstractmethod
    def tell_written(self, direct: Direct, *, first: bool) -> None:
        """A customer wrote; `first`: never before in this conversation."""

    def manner(self) -> Manner:
        return Manner()

    def new_account(self, name: str, about: str) -> Account:
        number = digits(self.slug, name, str(len(self.talks.accounts)), length=12)
        account = Account(number, name, about, token="")
        account.token = self.new_token(account)
        return account

    def new_token(self, account: Account) -> str:
        return secrets.token_hex(24)

    # ── telling ──

    def heard(self, account: Account) -> bool:
        """Is somebody told of what customers do?"""
        return bool(account.hook_url)

    def tell(self, account: Account, body: Mapping[str, Any], *, lane: str, section: str = "") -> None:
        """One event on its way to the account's hook; those of one `lane` keep their order."""
        engine = self.ground.engine
        if not self.heard(account):
            engine.counts[self.slug].unheard += 1
            return
        event = Event(
            engine.number(),
            self.slug,
            account.id,
            account.id,
            section,
            dict(body),
            f"{account.id}:{lane}",
            self.now(),
        )
        engine.put(event)
        self.told.append(event)

    def _prepare(self, account_id: str, events: Sequence[Event]) -> HookCall | None:
        account = self.talks.accounts.get(account_id)
        return self.hook_call(account, events) if account and account.hook_url else None

    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any:
        """Any body, signed as the network signs and posted as it stands. Raises BadWish."""
        account = verbs.account_named(self, page_id)
        if not account.hook_url:
            raise BadWish(
                f"No hook is set for {account.name} on {slug}: connect the account first.", status=409
            )
        try:
            status = await self.ground.engine.post(self.signed(account, body))
        except httpx2.TransportError as error:
            sentence = f"The hook {account.hook_url} did not answer: {type(error).__name__}."
            raise BadWish(sentence, status=502) from error
        return {"status": status}

    def forced(self, handle: str) -> int | str | None:
        """The fault that somebody's handle asks for: "jana-551" has always blocked us."""
        return next((fault for mark, fault in MAGIC.items() if handle.endswith(mark)), None)

    # ── accounts and files ──

    def add_account(self, name: str, about: str = "") -> Account:
        account = self.new_account(name, about)
        self.talks.add(account)
        return account

    def link(self, url: str) -> str:
        """An address that somebody gave stays as it is; a file of ours gets one at the network's host."""
        return url if "://" in url or not url else self.ground.address.below(f"{self.media_host}/{url}")

    def media(self, kind: str, url: str = "", name: str = "", **kept: Any) -> Media:
        """As customers send it; without an address the sandbox has something of the kind."""
        url = url or files.SAMPLES.get(kind, "")
        return Media(kind, url, name or url.rpartition("/")[2], kept)

    async def _file(self, request: Request) -> Response:
        content = files.content(self.talks, request.path_params["path"])
        if content is None:
            return Response("Not found", status_code=404)
        return Response(content, media_type=files.type_of(content), headers=SAFE)

    # ── as the sandbox runs it ──

    def routes(self) -> list[BaseRoute]:
        return [*self.api(), Route(f"/{self.media_host}/{{path:path}}", self._file)]

    def verbs(self, slug: str) -> dict[str, Verb]:
        return {**verbs.verbs(self), **self.more_verbs()}

    def more_verbs(self) -> dict[str, Verb]:
        return {}

    def reset(self) -> None:
        with self.ground.storage.together():
            self.talks.reset()
            self.calls.clear()

    def places(self) -> list[Place]:
        return [Place(self.slug, self.title, self.slug, self.go)]

    def accounts(self) -> list[Shown]:
        return [self._shown(account) for account in self.talks.accounts.values()]

    def _shown(self, account: Account) -> Shown:
        door = Door(self.title, f"/{self.slug}?page={account.id}", N_("Write to %(name)s"))
        return Shown(account.name, account.about, self.picture(account), (door,))

    def picture(self, account: Account) -> str:
        return self.link(f"page/{account.id}.png")

    def pages(self, site: Site) -> list[BaseRoute]:
        return [Route(f"/{self.slug}", partial(chat, site, self))]

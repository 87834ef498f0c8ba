"""All that one private network holds, found by id, and kept across restarts."""

from __future__ import annotations

import base64
import itertools
import time
from collections import defaultdict
from collections.abc import Callable

from heard.sandbox.ground import Ground
from heard.sandbox.talks.things import Account, Conversation, Direct, Thing, row, thing

Addressing = Callable[[str, str], str]


class Talks:
    def __init__(self, ground: Ground, slug: str, address: Addressing) -> None:
        """`address` tells how an account (by id) sees a person (by handle); always the same for the same."""
        self.ground, self.slug, self._address = ground, slug, address
        self.accounts: dict[str, Account] = {}
        self._handles: dict[tuple[str, str], str] = {}  # account, address → handle
        # Starts where the clock stands: rises over restarts without being written down each time.
        self._numbers = itertools.count(int(time.time() * 1000))
        self._empty()
        for made in (Account, Direct, Conversation):
            for body in ground.storage.load(self._kind(made)):
                self._place(thing(made, body))
        ground.cast.newcomers.append(self._introduce)

    def _empty(self) -> None:
        self.directs: dict[str, Direct] = {}
        self.said: defaultdict[tuple[str, str], list[Direct]] = defaultdict(list)
        self.conversations: dict[tuple[str, str], Conversation] = {}

    def _kind(self, made: type[Thing]) -> str:
        return f"{self.slug}.{made.__name__.lower()}"

    def _place(self, thing: Thing) -> None:
        match thing:
            case Account():
                self.accounts[thing.id] = thing
                for person in self.ground.cast.everybody():
                    self._know(thing.id, person.handle)
            case Direct():
                self.directs[thing.id] = thing
                self.said[thing.account, thing.handle].append(thing)
            case Conversation():
                self.conversations[thing.account, thing.handle] = thing

    def add(self, thing: Thing) -> None:
        self._place(thing)
        self.keep(thing)

    def keep(self, thing: Thing) -> None:
        """Writes down what was changed."""
        self.ground.storage.save(self._kind(type(thing)), thing.id, row(thing))
        self.ground.engine.listeners.tell()

    def reset(self) -> None:
        """Forgets everything said. Accounts, tokens and hooks stay, and ids never come again."""
        for made in (Direct, Conversation):
            self.ground.storage.forget_all(self._kind(made))
        self._empty()
        self.ground.engine.listeners.tell()

    def number(self) -> int:
        return next(self._numbers)

    # ── people ──

    def address(self, account: str, handle: str) -> str:
        return self._address(account, handle)

    def handle(self, account: str, address: str) -> str | None:
        """Who it is that an account knows by this address."""
        return self._handles.get((account, address))

    def _introduce(self, handle: str) -> None:
        for account in self.accounts:
            self._know(account, handle)

    def _know(self, account: str, handle: str) -> None:
        self._handles[account, self._address(account, handle)] = handle

    def conversation(self, account: str, handle: str) -> Conversation:
        known = self.conversations.get((account, handle))
        if known is None:
            self.ground.cast.person(handle)
            known = Conversation(account, handle)
            self._place(known)
        return known

    # ── accounts and files ──

    def first_account(self) -> Account:
        return next(iter(self.accounts.values()))

    def account_by_token(self, token: str) -> Account | None:
        """None for a token that is unknown or dead."""
        found = (one for one in self.accounts.values() if one.token == token and not one.revoked)
        return next(found, None)

    def upload(self, content: bytes, name: str = "file") -> str:
        """Keeps a file that was sent to the network; the path it is served under."""
        path = f"upload/{self.number()}/{name}"
        self.ground.storage.save(f"{self.slug}.upload", path, base64.b64encode(content).decode())
        return path

    def uploaded(self, path: str) -> bytes | None:
        kept = self.ground.storage.find(f"{self.slug}.upload", path)
        return base64.b64decode(kept) if kept is not None else None

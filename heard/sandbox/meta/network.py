"""The simulated network of Meta: everything it holds, found by id, and kept across restarts."""

from __future__ import annotations

import base64
import itertools
import secrets
import time
from collections import defaultdict, deque
from dataclasses import asdict

from heard.sandbox.delivery.event import Event
from heard.sandbox.ground import Ground
from heard.sandbox.meta import rows
from heard.sandbox.meta.things import (
    App,
    Comment,
    Container,
    Conversation,
    Direct,
    Media,
    Mention,
    Page,
    Post,
    Profile,
    Review,
    Thing,
    Token,
)
from heard.sandbox.persons import Person, digits


class Network:
    def __init__(self, ground: Ground) -> None:
        self.storage, self.clock, self.address, self.engine = (
            ground.storage,
            ground.clock,
            ground.address,
            ground.engine,
        )
        self.cast = ground.cast
        self.quiet = False  # while a past is made up that no app shall be told of
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Token] = {}
        self.pages: dict[str, Page] = {}
        self.profiles: dict[str, Profile] = {}  # accounts on Instagram
        self._handles: dict[str, str] = {}  # page-scoped id → handle
        self.told: deque[Event] = deque(maxlen=50)  # the newest events, for a send that waits for its echo
        # Starts where the clock stands: rises over restarts without being written down each time.
        self._numbers = itertools.count(int(time.time() * 1000))
        self.attachments: dict[str, Media] = {}  # uploaded to be sent, by their id
        self._empty()
        self._load()

    def _empty(self) -> None:
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        self.under_post: defaultdict[str, list[Comment]] = defaultdict(list)
        self.directs: dict[str, Direct] = {}
        self.said: defaultdict[tuple[str, str], list[Direct]] = defaultdict(list)
        self.conversations: dict[tuple[str, str], Conversation] = {}
        self.reviews: dict[str, Review] = {}
        self.mentions: dict[str, Mention] = {}
        self.containers: dict[str, Container] = {}

    # ── keeping ──

    def _load(self) -> None:
        for made in (App, Token, Page, Profile, *SAID):
            for body in self.storage.load(rows.kind(made)):
                self._place(rows.thing(made, body))
        for page in (*self.pages, *self.profiles):
            self.introduce_all(page)
        self.cast.newcomers.append(self._introduce)

    def _place(self, thing: Thing) -> None:
        match thing:
            case App():
                self.apps[thing.id] = thing
            case Token():
                self.tokens[thing.id] = thing
            case Profile():
                self.profiles[thing.id] = thing
            case Page():
                self.pages[thing.id] = thing
            case Post():
                self.posts[thing.id] = thing
            case Comment():
                self.comments[thing.id] = thing
                self.under_post[thing.post].append(thing)
            case Direct():
                self.directs[thing.id] = thing
                self.said[thing.page, thing.handle].append(thing)
            case Conversation():
                self.conversations[thing.page, thing.handle] = thing
            case Review():
                self.reviews[thing.id] = thing
            case Mention():
                self.mentions[thing.id] = thing
            case Container():
                self.containers[thing.id] = thing

    def add(self, thing: Thing) -> None:
        self._place(thing)
        self.keep(thing)

    def keep(self, thing: Thing) -> None:
        """Writes down what was changed."""
        self.storage.save(rows.kind(type(thing)), thing.id, asdict(thing))
        self.engine.listeners.tell()

    def reset(self) -> None:
        """Forgets everything said. Pages, apps, tokens and hooks stay, and ids never come again."""
        for made in SAID:
            self.storage.forget_all(rows.kind(made))
        self._empty()
        self.engine.listeners.tell()

    # ── ids ──

    def number(self) -> str:
        return str(next(self._numbers))

    def picture_number(self) -> str:
        """As Instagram numbers pictures and comments."""
        return f"1790{self.number()}"

    def mid(self, page: str) -> str:
        start = "aWdfZAG1faXRlb" if page in self.profiles else "m_"
        return start + secrets.token_urlsafe(30)

    def upload(self, content: bytes) -> str:
        """Keeps a file that was sent to the network; answers the path it is served under."""
        path = f"upload/{self.number()}"
        self.storage.save("meta.upload", path, base64.b64encode(content).decode())
        return path

    def uploaded(self, path: str) -> bytes | None:
        kept = self.storage.find("meta.upload", path)
        return base64.b64decode(kept) if kept is not None else None

    # ── people ──

    def person(self, handle: str, *, name: str = "") -> Person:
        """Somebody by handle, made on first use."""
        return self.cast.person(handle, name=name)

    def _introduce(self, handle: str) -> None:
        for page in (*self.pages, *self.profiles):
            self._know(page, handle)

    def _know(self, page: str, handle: str) -> None:
        for scoped in (self.public_id(page, handle), self.psid(page, handle)):
            self._handles[scoped] = handle

    def introduce_all(self, page: str) -> None:
        """A new page knows everybody whom the network knows."""
        for person in self.cast.everybody():
            self._know(page, person.handle)

    def public_id(self, page: str, handle: str) -> str:
        """How a page sees the author of a comment. Not the PSID: a private reply is what links the two.

        On Instagram people have one id for both.
        """
        if page in self.profiles:
            return self.psid(page, handle)
        return digits("public", page, handle, length=16)

    def psid(self, page: str, handle: str) -> str:
        """How a page sees its partner in Messenger. A handle like "jana-551" forces that error."""
        mark = next((mark for mark in MAGIC if handle.endswith(mark)), "")
        return digits("psid", page, handle, length=17) + mark

    def handle(self, scoped_id: str) -> str | None:
        return self._handles.get(scoped_id)

    # ── conversations ──

    def conversation(self, page: str, handle: str) -> Conversation:
        known = self.conversations.get((page, handle))
        if known is None:
            self.person(handle)
            known = Conversation("t_" + digits("thread", page, handle, length=16), page, handle)
            self._place(known)
        return known

    # ── pages ──

    def first_page(self) -> Page:
        return next(iter(self.pages.values()))

    def account(self, id: str) -> Page:
        """A page, or an account on Instagram."""
        return self.pages.get(id) or self.profiles[id]

    def profile_of(self, page: str) -> Profile | None:
        """The account on Instagram that is linked to a page."""
        return next((one for one in self.profiles.values() if one.linked == page), None)

    def newest_post(self, page: str) -> Post | None:
        standing = [post for post in self.posts.values() if post.page == page and not post.removed]
        return max((post for post in standing if not post.handle), key=lambda post: post.at, default=None)


SAID: tuple[type[Thing], ...] = (Post, Comment, Direct, Conversation, Review, Mention, Container)
MAGIC = ("-429", "-190", "-551", "-window")

"""The twin of X: posts and direct messages, the app that Heard is connected through, and who is told of what."""

from __future__ import annotations

import json
import re
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.channels.x import simulator as wording
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.ground import Ground
from heard.sandbox.pages.site import Site
from heard.sandbox.persons import digits
from heard.sandbox.talks.chat import chat
from heard.sandbox.talks.things import Account, Conversation, Direct
from heard.sandbox.talks.twin import TalkTwin
from heard.sandbox.twin import Account as ShownAccount
from heard.sandbox.twin import Door, Place
from heard.sandbox.wish import Verb
from heard.sandbox.x import control, old_events, seed
from heard.sandbox.x.credits import Credits
from heard.sandbox.x.endpoint import Endpoint
from heard.sandbox.x.holding import Holding
from heard.sandbox.x.limits import Limits
from heard.sandbox.x.old_sign_in import OldSignIn
from heard.sandbox.x.page import timeline
from heard.sandbox.x.shown import Shown
from heard.sandbox.x.sign_in import SignIn
from heard.sandbox.x.stream import Stream
from heard.sandbox.x.things import Post

API, LOGIN = "api.x.com", "x.com"
MESSAGES = "x/messages"
KEPT = 2_000
MOST_WEBHOOKS = 5


class XTwin(TalkTwin):
    slug: ClassVar[str] = "x"
    title: ClassVar[str] = N_("X")
    go: ClassVar[str] = N_("Write a post")
    can: ClassVar[frozenset[str]] = frozenset({"read", "block", "own_app"})
    media_kinds: ClassVar[Sequence[str]] = ("image", "video")
    media_host: ClassVar[str] = "pbs.twimg.com"

    def __init__(self, ground: Ground) -> None:
        self.held = Holding(ground)
        self.limits, self.credits = Limits(ground.clock), Credits()
        self.stream = Stream(self)
        self.past: deque[tuple[float, Account, dict[str, Any], str]] = deque(maxlen=KEPT)  # to be replayed
        self.most_webhooks = MOST_WEBHOOKS
        self.sign_in, self.old_sign_in = SignIn(self), OldSignIn(self)
        super().__init__(ground)
        self._names = {self.username_of(one.handle): one.handle for one in ground.cast.everybody()}
        ground.cast.newcomers.append(self._name)
        if not self.held.posts:
            with ground.storage.together():
                seed.fill(self)

    def _name(self, handle: str) -> None:
        self._names[self.username_of(handle)] = handle

    # ── who is who ──

    def address(self, account: str, handle: str) -> str:
        """Ids are X's, the same for everybody."""
        return digits("x", handle, length=18)

    def new_account(self, name: str, about: str) -> Account:
        account = super().new_account(name, about)
        account.secret = secrets.token_urlsafe(33)
        account.kept = {"username": self.username_of(name), "plan": "pay_per_use"}
        return account

    def new_token(self, account: Account) -> str:
        return f"{account.id}-{secrets.token_urlsafe(30)}"

    def direct_id(self, account: Account, handle: str) -> str:
        return self.held.new_id()

    def username_of(self, name: str) -> str:
        return re.sub(r"\W", "_" if name.islower() else "", name)[:15]

    def username(self, id: str) -> str:
        return self.known_as(id)[1]

    def known_as(self, id: str) -> tuple[str, str, str]:
        """Name, username and picture of whoever has this id."""
        account = self.talks.accounts.get(id)
        if account is not None:
            return account.name, account.kept["username"], self.picture(account)
        handle = self.handle_of(id)
        if handle is None:
            return "Somebody", f"user{id[-8:]}", ""
        person = self.ground.cast.person(handle)
        return person.name, self.username_of(handle), self.link(f"person/{handle}.png")

    def handle_of(self, id: str) -> str | None:
        return self.talks.handle(self.talks.first_account().id, id)

    def id_of(self, username: str) -> str:
        """ "" when nobody is called that."""
        for account in self.talks.accounts.values():
            if account.kept["username"].lower() == username.lower():
                return account.id
        handle = self._names.get(username) or self._names.get(username.lower())
        return self.address("", handle) if handle else ""

    # ── connecting ──

    def credentials(self, account: Account) -> dict[str, str]:
        app = self.held.app
        return {
            "account": account.id,
            "plan": account.kept["plan"],
            "api_key": app.api_key,
            "api_secret": app.api_secret,
            "user_token": account.token,
            "user_token_secret": account.secret,
            "bearer_token": app.bearer,
            "base_url": self.base_url(),
        }

    def base_url(self) -> str:
        return self.ground.address.below(API)

    def api(self) -> list[BaseRoute]:
        endpoint = Endpoint(self)
        return [
            Route(f"/{API}/oauth/authorize", self.old_sign_in.respond, methods=["GET", "POST"]),
            Route(f"/{API}/{{path:path}}", endpoint.respond, methods=["GET", "POST", "PUT", "DELETE"]),
            Route(f"/{LOGIN}/i/oauth2/authorize", self.sign_in.respond, methods=["GET", "POST"]),
        ]

    # ── telling ──

    def hook_call(self, account: Account, events: Sequence[Event]) -> HookCall:
        old = [event for event in events if event.section == old_events.SECTION]
        if old:
            rest = [event.body for event in events if event.section != old_events.SECTION]
            both = old_events.bodies(old) | ({"data": rest} if rest else {})
            return self.signed(account, json.dumps(both).encode("ascii"))
        return self.signed(account, wording.encode([event.body for event in events]))

    def signed(self, account: Account, body: bytes) -> HookCall:
        headers = {"Content-Type": "application/json", **wording.signed(body, self.held.app.api_secret)}
        return HookCall(account.hook_url, headers, body)

    def say_event(
        self,
        kind: str,
        account: Account,
        payload: Mapping[str, Any],
        *,
        lane: str,
        includes: Mapping[str, Any] | None = None,
        direction: str = "",
    ) -> None:
        """Tells of one event, if the app has subscribed to it for this account."""
        wanted = [
            one
            for one in self.held.subscriptions.values()
            if (one.event_type, one.account) == (kind, account.id) and one.direction in ("", direction)
        ]
        if not wanted:
            self.ground.engine.counts[self.slug].unheard += 1
            return
        uuid = self.held.new_id()
        body = wording.event(kind, account.id, payload, uuid=uuid, includes=includes, direction=direction)
        self.past.append((self.now(), account, body, lane))
        self.tell(account, body, lane=lane)

    def tell_written(self, direct: Direct, *, first: bool) -> None:
        self._tell_direct("dm.received", direct)

    def tell_answered(self, direct: Direct) -> None:
        self._tell_direct("dm.sent", direct)

    def _tell_direct(self, kind: str, direct: Direct) -> None:
        account, shown = self.talks.accounts[direct.account], Shown(self)
        theirs = self.talks.address(account.id, direct.handle)
        pair = (account.id, theirs) if direct.from_page else (theirs, account.id)
        more: dict[str, Any] = {}
        if direct.media:
            inner = shown.media(direct.media[0])
            media = {"type": inner["type"], "media_url_https": inner.get("url") or inner["preview_image_url"]}
            more["attachment"] = {"type": "media", "media": media}
        said = wording.direct(
            direct.id,
            sender=pair[0],
            recipient=pair[1],
            text=direct.text,
            at_ms=int(direct.at * 1000),
            **more,
        )
        users = {id: {"data": shown.user(id)} for id in pair}
        self.say_event(kind, account, {"direct_message_events": [said], "users": users}, lane=direct.handle)
        people = {id: old_events.user(self, id) for id in pair}
        old_events.tell(self, account, "direct_message_events", said, lane=direct.handle, users=people)

    def tell_read(self, conversation: Conversation, directs: Sequence[Direct]) -> None:
        account = self.talks.accounts[conversation.account]
        theirs = self.talks.address(account.id, conversation.handle)
        said = wording.reading(
            reader=theirs, other=account.id, last=directs[-1].id, at_ms=self.ground.clock.ms()
        )
        users = {theirs: {"data": Shown(self).user(theirs)}}
        payload = {"direct_message_mark_read_events": [said], "users": users}
        self.say_event("dm.read", account, payload, lane=conversation.handle)
        old_events.tell(self, account, "direct_message_mark_read_events", said, lane=conversation.handle)

    # ── as the sandbox runs it ──

    def verbs(self, slug: str) -> dict[str, Verb]:
        return {**super().verbs(slug), **control.verbs(self)}

    def reset(self) -> None:
        super().reset()
        with self.ground.storage.together():
            self.held.reset()
            self.limits.clear()
            seed.fill(self)

    def places(self) -> list[Place]:
        return [
            Place(self.slug, self.title, "x", self.go),
            Place(f"{self.slug}-messages", N_("X messages"), MESSAGES, N_("Write a message on X")),
        ]

    def _shown(self, account: Account) -> ShownAccount:
        doors = (
            Door(self.title, f"/x?page={account.id}", N_("Open the posts about %(name)s")),
            Door(N_("Messages"), f"/{MESSAGES}?page={account.id}", N_("Write to %(name)s")),
        )
        return ShownAccount(account.name, account.about, self.picture(account), doors)

    def pages(self, site: Site) -> list[BaseRoute]:
        return [
            Route("/x", partial(timeline, site, self)),
            Route(f"/{MESSAGES}", partial(chat, site, self)),
        ]

    def mentioned(self, post: Post) -> list[Account]:
        """The accounts that a post names."""
        ids = {one["id"] for one in Shown(self).mentions(post.text)}
        return [account for account in self.talks.accounts.values() if account.id in ids]

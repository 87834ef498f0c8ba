"""All of X that is not a conversation, found by id, and kept across restarts."""

from __future__ import annotations

import secrets
from typing import Any

from heard.sandbox.ground import Ground
from heard.sandbox.talks.things import Media
from heard.sandbox.x.things import App, Post, Rule, Subscription, Thing, Token, Upload, Webhook, row

_EPOCH_MS = 1_288_834_974_657
MADE: tuple[type[Thing], ...] = (Post, App, Token, Webhook, Subscription, Rule, Upload)


class Holding:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._last_id = 0
        self.posts: dict[str, Post] = {}
        self.tokens: dict[str, Token] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.rules: dict[str, Rule] = {}
        self.uploads: dict[str, Upload] = {}
        self._versions: dict[str, str] = {}  # id of a version → id of the post
        apps: list[App] = []
        for made in MADE:
            for body in ground.storage.load(_kind(made)):
                self._place(_thing(made, body), apps)
        self.app = apps[0] if apps else self._new_app()

    def _place(self, thing: Thing, apps: list[App]) -> None:
        match thing:
            case Post():
                self.posts[thing.id] = thing
                self._versions |= dict.fromkeys(thing.versions, thing.id)
                self._last_id = max(self._last_id, int(thing.newest_id))
            case App():
                apps.append(thing)
            case Token():
                self.tokens[thing.id] = thing
            case Webhook():
                self.webhooks[thing.id] = thing
            case Subscription():
                self.subscriptions[thing.id] = thing
            case Rule():
                self.rules[thing.id] = thing
            case Upload():
                self.uploads[thing.id] = thing

    def _new_app(self) -> App:
        app = App(
            id=str(20_000_000 + secrets.randbelow(9_999_999)),
            client_id=secrets.token_urlsafe(25),
            client_secret=secrets.token_urlsafe(37),
            api_key=secrets.token_urlsafe(18),
            api_secret=secrets.token_urlsafe(37),
            bearer="AAAAAAAAAAAAAAAAAAAAA" + secrets.token_urlsafe(60),
        )
        self.keep(app)
        return app

    def add(self, thing: Thing) -> None:
        self._place(thing, [])
        self.keep(thing)

    def keep(self, thing: Thing) -> None:
        """Writes down what was changed."""
        if isinstance(thing, Post):
            self._versions |= dict.fromkeys(thing.versions, thing.id)
        self.ground.storage.save(_kind(type(thing)), thing.id, row(thing))
        self.ground.engine.listeners.tell()

    def forget(self, thing: Webhook | Subscription | Rule) -> None:
        places: dict[str, dict[str, Any]] = {
            "Webhook": self.webhooks,
            "Subscription": self.subscriptions,
            "Rule": self.rules,
        }
        places[type(thing).__name__].pop(thing.id, None)
        self.ground.storage.forget(_kind(type(thing)), thing.id)

    def reset(self) -> None:
        """Forgets everything said. The app, tokens, hooks and rules stay, and ids never come again."""
        self.ground.storage.forget_all(_kind(Post))
        self.posts, self._versions = {}, {}

    def new_id(self) -> str:
        """As X makes them: the time in front, and always rising."""
        self._last_id = max(self._last_id + 1, id_at(self.ground.clock.now()))
        return str(self._last_id)

    def post(self, id: str) -> Post | None:
        """By the id of any of its versions; None when it is gone."""
        found = self.posts.get(self._versions.get(id, id))
        return found if found and not found.removed else None


def id_at(at: float) -> int:
    """The smallest id of a moment, in Unix seconds."""
    return int(at * 1000 - _EPOCH_MS) << 22


def _kind(made: type[Thing]) -> str:
    return f"x.{made.__name__.lower()}"


def _thing(made: type[Thing], body: dict[str, Any]) -> Thing:
    if "media" in body:
        body["media"] = [Media(**one) for one in body["media"]]
    return made(**body)

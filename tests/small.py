"""A small network that has to be asked for everything, and what an agent's side of it looks like.

It speaks real HTTP; a test says what the network answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Hook,
    Incoming,
    Kind,
    Located,
    Media,
    MessageIn,
    NewPost,
    Outgoing,
    Person,
    Polled,
    Query,
    Renewed,
    Wire,
)
from heard.channels.example.calling import call
from heard.channels.example.channel import Example
from heard.channels.registry import CHANNELS
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from heard.workspaces.models import Workspace
from tests.cast import NOON

SLUG = "small"
BOTH = frozenset({Kind.DIRECT, Kind.MENTION})


class Small(Example):
    """Polls, renews, listens, reposts, and takes money for all of it."""

    slug: ClassVar[str] = SLUG
    name: ClassVar[str] = "Small"
    abilities: ClassVar[Abilities] = Abilities(
        receives=BOTH,
        replies=BOTH,
        text_limits=dict.fromkeys(BOTH, 280),
        likes=frozenset({Kind.MENTION}),
        reposts=frozenset({Kind.MENTION}),
    )
    media_hosts = ("localhost",)
    renew_before = timedelta(minutes=30)

    def parse(self, hook: Hook) -> list[Incoming]:
        return [_said(one) for one in json.loads(hook.body)["said"]]

    def answer(self, hook: Hook, credentials: Any) -> Answer | None:
        if b"welcome" in hook.body:
            return Answer(200, b'{"text":"Hello"}', "application/json")
        if b"stumble" in hook.body:
            raise ValueError("the adapter has a mistake")
        return None

    def inspect(self, wire: Wire[Any]) -> Account:
        told = call(wire, "GET", "account", harmless=True)
        return Account(str(told["id"]), "Acme", plan=str(told.get("plan", "")))

    def polls_every(self, credentials: Any) -> timedelta | None:
        return timedelta(minutes=1)

    def poll(self, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        return _polled(call(wire, "GET", f"poll/{cursor.get('since', '0')}", harmless=True))

    def renew(self, wire: Wire[Any]) -> Renewed:
        told = call(wire, "POST", "renew", harmless=False)
        fresh = wire.credentials.model_copy(update={"token": SecretStr(told["token"])})
        return Renewed(fresh, expires_at=datetime.fromisoformat(told["expires_at"]))

    def locate(self, media: Media, wire: Wire[Any]) -> Located | None:
        told = call(wire, "GET", f"files/{media.detail['file']}", harmless=True)
        return Located(told["url"], {"authorization": "Bearer for-files"}) if told else None

    def price(self, asked: Outgoing | NewPost | str) -> Decimal:
        if isinstance(asked, str):
            return Decimal("0.015") if asked == "repost" else Decimal(0)
        return Decimal("0.20") if "https://" in asked.text else Decimal("0.01")

    def repost(self, external_id: str, *, reposted: bool, wire: Wire[Any]) -> None:
        call(wire, "POST" if reposted else "DELETE", f"reposts/{external_id}", harmless=True)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None: ...
    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None: ...
    def delete(self, external_id: str, *, wire: Wire[Any]) -> None: ...

    def search(self, query: Query, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        path = f"search/{query.text}/{cursor.get('since', '0')}"
        return _polled(call(wire, "GET", path, harmless=True))

    def stream_of(self, credentials: Any) -> str:
        return "app-1" if credentials.hook_secret.get_secret_value() == "streams" else ""

    def agree(self, queries: Sequence[Query], wire: Wire[Any]) -> Mapping[str, str]:
        asked = [{"tag": query.tag, "text": query.text} for query in queries]
        told = call(wire, "POST", "rules", json={"rules": asked}, harmless=True)
        return dict(told.get("refused", {}))

    def listen(self, wire: Wire[Any]) -> Iterator[Hook | None]:
        with wire.lines(f"{wire.credentials.base_url}/stream", silence=timedelta(seconds=5)) as lines:
            for line in lines:
                yield Hook("POST", {}, {"x-from": "stream"}, line) if line else None


def _said(one: Mapping[str, Any]) -> MessageIn:
    files = tuple(Media("image", detail={"file": name}) for name in one.get("files", ()))
    return MessageIn(
        kind=Kind(one.get("kind", "direct")),
        external_id=one["id"],
        thread=one.get("by", "jana"),
        text=one["text"],
        author=Person(one.get("by", "jana"), name=one.get("by", "jana").title()),
        public=one.get("kind") == "mention",
        at=datetime(2026, 11, 2, 12, tzinfo=UTC),
        media=files,
        raw=one,
        note=one.get("tag", ""),
    )


def _polled(told: Mapping[str, Any]) -> Polled:
    said = told.get("said", [])
    return Polled(
        calls=[Hook("POST", {}, {"x-asked": "poll"}, says(*said))] if said else [],
        cursor={"since": str(told.get("next", "0"))},
        pause=timedelta(seconds=told["pause"]) if "pause" in told else None,
        cost=Decimal(str(told.get("cost", 0))),
    )


def says(*said: Mapping[str, Any]) -> bytes:
    """A call of this network."""
    return json.dumps({"said": said}).encode()


@dataclass
class Desk:
    """The connected account, the network's server, and where it is."""

    inbox: Inbox
    network: HTTPServer

    def answers(self, path: str, *, status: int = 200, **told: Any) -> None:
        """Once, to the next call of that path."""
        headers = {"retry-after": str(told.pop("retry_after"))} if "retry_after" in told else None
        self.network.expect_oneshot_request(f"/{path}").respond_with_json(
            told, status=status, headers=headers
        )

    def asked(self, path: str) -> int:
        """How often the network was called there."""
        return sum(request.path.startswith(f"/{path}") for request, _answer in self.network.log)


@contextmanager
def a_small_network(workspace: Workspace, server: HTTPServer, *, hook_secret: str = "s") -> Iterator[Desk]:
    CHANNELS[SLUG] = Small()
    inbox = Inbox.objects.create(
        workspace=workspace, channel=SLUG, account="acme", name="Acme on Small", created_at=NOON
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    credentials = Small.credentials(
        account="acme", token=SecretStr("t1"), hook_secret=SecretStr(hook_secret), base_url=server.url_for("")
    )
    store_credentials(inbox, credentials, now=NOON)
    try:
        yield Desk(inbox, server)
    finally:
        del CHANNELS[SLUG]

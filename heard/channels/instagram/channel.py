"""Instagram: comments, mentions, stories and messages of one professional account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Channel,
    Count,
    Grant,
    Hook,
    Incoming,
    Kind,
    NewPost,
    Outgoing,
    Person,
    Post,
    Publishing,
    Renewed,
    Sent,
    Wire,
)
from heard.channels.instagram import account, answers, connect, find, held, moderate, posted, profiles, still
from heard.channels.instagram.credentials import INSTAGRAM, InstagramApp, InstagramCredentials
from heard.channels.instagram.graphs import account_graph
from heard.channels.instagram.publish import find_published, publish
from heard.channels.instagram.renew import renew
from heard.channels.instagram.rights import RIGHTS
from heard.channels.meta import signature
from heard.channels.meta.deliveries import parse
from heard.channels.meta.private import QUICK_REPLIES

_COMMENTS = frozenset({Kind.COMMENT})
_ALL = frozenset({Kind.COMMENT, Kind.MENTION, Kind.DIRECT})
_LONGEST_COMMENT = 2_200
_LONGEST_MESSAGE = 1_000  # bytes


class Instagram(Channel[InstagramCredentials]):
    """What an account that is connected through Facebook can do; `abilities_for` says what others lack."""

    slug: ClassVar[str] = "instagram"
    name: ClassVar[str] = "Instagram"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_ALL,
        replies=_ALL,
        text_limits={
            Kind.COMMENT: _LONGEST_COMMENT,
            Kind.MENTION: _LONGEST_COMMENT,
            Kind.DIRECT: _LONGEST_MESSAGE,
        },
        counts_otherwise={Kind.DIRECT: Count.UTF8_BYTES},
        likes=frozenset({Kind.DIRECT}),
        hides=_COMMENTS,
        deletes=_COMMENTS,
        private_replies=_COMMENTS,
        private_reply_within=timedelta(days=7),
        private_channel="instagram",
        reply_within=timedelta(hours=24),
        extended_within=timedelta(days=7),
        customer_edits=True,
        customer_deletes=True,
        receipts=frozenset({"read"}),
        media_in=frozenset({"image", "video", "audio", "file", "sticker", "link", "story"}),
        publishing=Publishing(
            text_limit=_LONGEST_COMMENT,
            pictures=10,
            picture_needed=True,
            picture_kinds=frozenset({"image/jpeg"}),
        ),
        files={Kind.DIRECT: answers.FILES},
        buttons={Kind.DIRECT: QUICK_REPLIES},
    )
    credentials = InstagramCredentials
    app = InstagramApp
    scopes = RIGHTS
    media_hosts = ("lookaside.fbsbx.com", "fbcdn.net", "cdninstagram.com")
    renew_before = timedelta(days=30)

    def abilities_for(self, plan: str) -> Abilities:
        if plan != INSTAGRAM:
            return self.abilities
        return replace(self.abilities, replies=self.abilities.replies - {Kind.MENTION})

    confirms = frozenset({Kind.COMMENT, Kind.DIRECT, Kind.MENTION})

    def challenge(self, hook: Hook, credentials: InstagramCredentials) -> Answer | None:
        return signature.challenge(hook, credentials.verify_token)

    def verify(self, hook: Hook, credentials: InstagramCredentials) -> None:
        signature.verify(hook, credentials.signing_secrets)

    def parse(self, hook: Hook) -> list[Incoming]:
        return parse(hook)

    def send(self, message: Outgoing, wire: Wire[InstagramCredentials]) -> Sent:
        return answers.send(message, wire)

    def find_published(self, post: NewPost, wire: Wire[Any], *, since: datetime) -> list[Sent]:
        return find_published(post, wire, since=since)

    def publish(self, post: NewPost, wire: Wire[Any]) -> Sent:
        return publish(post, wire)

    def inspect(self, wire: Wire[InstagramCredentials]) -> Account:
        return account.inspect(wire)

    def subscribe(self, wire: Wire[InstagramCredentials], *, hook_url: str) -> None:
        account.subscribe(wire, hook_url=hook_url)

    def callback_of(self, credentials: InstagramCredentials) -> str:
        return f"instagram {credentials.app_id}"

    def unsubscribe(self, wire: Wire[InstagramCredentials]) -> None:
        account.unsubscribe(wire)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None:
        moderate.like(wire, external_id, liked=liked)

    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None:
        moderate.hide(wire, external_id, hidden=hidden)

    def delete(self, external_id: str, *, wire: Wire[Any]) -> None:
        moderate.delete(wire, external_id)

    def post(self, external_id: str, wire: Wire[Any]) -> Post | None:
        return posted.post(account_graph(wire), wire.credentials.account, external_id)

    def profile(self, address: str, wire: Wire[Any]) -> Person | None:
        return profiles.profile(account_graph(wire), address)

    def held(self, wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
        return held.held(wire, since=since, until=until)

    def is_gone(self, external_id: str, wire: Wire[Any]) -> bool:
        return still.is_gone(wire, external_id)

    def find_sent(self, message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
        return find.find_sent(message, wire, since=since)

    def renew(self, wire: Wire[Any]) -> Renewed:
        return renew(wire)

    def authorize_url(self, app: InstagramApp, *, redirect_uri: str, state: str) -> str:
        return connect.authorize_url(app, redirect_uri=redirect_uri, state=state)

    def grants(self, app: InstagramApp, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
        return connect.grants(app, code=code, redirect_uri=redirect_uri, wire=wire)

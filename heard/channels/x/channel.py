"""X: mentions, replies, quotes and direct messages of one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

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
    Leaving,
    Located,
    Media,
    NewPost,
    Outgoing,
    Person,
    Polled,
    Post,
    Publishing,
    Query,
    Renewed,
    Sent,
    Wire,
)
from heard.channels.x import (
    account,
    connect,
    deliveries,
    listening,
    moderate,
    polling,
    prices,
    read_back,
    sending,
    signature,
    subscriptions,
    three_legged,
)
from heard.channels.x.api import Api
from heard.channels.x.credentials import ENTERPRISE, PAY_PER_USE, XApp, XCredentials
from heard.channels.x.directs import is_private_file
from heard.channels.x.rights import SCOPES

_PUBLIC = frozenset({Kind.COMMENT, Kind.MENTION})
_ALL = _PUBLIC | {Kind.DIRECT}
_LONGEST_POST: Final = 280
_LONGEST_DIRECT: Final = 10_000

SELF_SERVE: Final = Abilities(
    receives=_ALL,
    replies=_ALL,
    text_limits={**dict.fromkeys(_PUBLIC, _LONGEST_POST), Kind.DIRECT: _LONGEST_DIRECT},
    counts=Count.WEIGHTED,
    counts_otherwise={Kind.DIRECT: Count.CHARACTERS},
    hides=frozenset({Kind.COMMENT}),
    private_replies=_PUBLIC,
    private_channel="x",
    customer_edits=True,
    receipts=frozenset({"read"}),
    media_in=frozenset({"image", "video"}),
    reposts=_PUBLIC,
    publishing=Publishing(
        text_limit=_LONGEST_POST,
        counts=Count.WEIGHTED,
        pictures=4,
        picture_kinds=frozenset({"image/jpeg", "image/png", "image/webp"}),
        picture_size=5 * 1024 * 1024,
    ),
    files={**dict.fromkeys(_PUBLIC, sending.IN_PUBLIC), Kind.DIRECT: sending.IN_PRIVATE},
)


class X(Channel[XCredentials]):
    """One account, on whichever plan. Only contracts with X (enterprise) may like, and answer everybody."""

    slug: ClassVar[str] = "x"
    name: ClassVar[str] = "X"
    abilities: ClassVar[Abilities] = SELF_SERVE
    credentials = XCredentials
    app = XApp
    scopes = SCOPES
    media_hosts = ("pbs.twimg.com", "video.twimg.com", "ton.twitter.com")
    renew_before = timedelta(minutes=30)
    proves_sign_in = True
    confirms = _PUBLIC

    def abilities_for(self, plan: str) -> Abilities:
        if plan == ENTERPRISE:
            return replace(self.abilities, likes=_PUBLIC, answers_all=True, pays_per_call=False)
        return replace(self.abilities, pays_per_call=plan in ("", PAY_PER_USE))

    # ── in ──

    def challenge(self, hook: Hook, credentials: XCredentials) -> Answer | None:
        return signature.challenge(hook, credentials.api_secret)

    def verify(self, hook: Hook, credentials: XCredentials) -> None:
        signature.verify(hook, credentials.api_secret)

    def parse(self, hook: Hook) -> list[Incoming]:
        return deliveries.parse(hook)

    def polls_every(self, credentials: XCredentials) -> timedelta | None:
        return None if credentials.by_hooks else polling.EVERY

    def poll(self, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        return polling.poll(wire, cursor)

    def stream_of(self, credentials: XCredentials) -> str:
        return listening.stream_of(credentials)

    def agree(self, queries: Sequence[Query], wire: Wire[Any]) -> Mapping[str, str]:
        return listening.agree(wire, queries)

    def listen(self, wire: Wire[Any]) -> Iterator[Hook | None]:
        return listening.listen(wire)

    def search(self, query: Query, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        return listening.search(wire, query, cursor)

    # ── out ──

    def send(self, message: Outgoing, wire: Wire[XCredentials]) -> Sent:
        return sending.send(Api(wire), message)

    def publish(self, post: NewPost, wire: Wire[Any]) -> Sent:
        return sending.publish(Api(wire), post)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None:
        moderate.like(Api(wire), external_id, liked=liked)

    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None:
        moderate.hide(Api(wire), external_id, hidden=hidden)

    def delete(self, external_id: str, *, wire: Wire[Any]) -> None:
        moderate.delete(Api(wire), external_id)

    def repost(self, external_id: str, *, reposted: bool, wire: Wire[Any]) -> None:
        moderate.repost(Api(wire), external_id, reposted=reposted)

    def price(self, asked: Outgoing | NewPost | str) -> Decimal:
        return prices.price(asked)

    # ── reading back ──

    def held(self, wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
        return read_back.held(wire, since=since, until=until)

    def is_gone(self, external_id: str, wire: Wire[Any]) -> bool:
        return read_back.is_gone(wire, external_id)

    def replay(self, wire: Wire[Any], *, since: datetime, until: datetime) -> None:
        subscriptions.replay(wire, since=since, until=until)

    def find_sent(self, message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
        return read_back.find_sent(wire, message, since=since)

    def find_published(self, post: NewPost, wire: Wire[Any], *, since: datetime) -> list[Sent]:
        return read_back.find_published(wire, post, since=since)

    def profile(self, address: str, wire: Wire[Any]) -> Person | None:
        return read_back.profile(wire, address)

    def post(self, external_id: str, wire: Wire[Any]) -> Post | None:
        return read_back.post(wire, external_id)

    def locate(self, media: Media, wire: Wire[Any]) -> Located | None:
        """Files of direct messages are given to the account alone, all others to everybody."""
        if not media.url:
            return None
        return Located(
            media.url, Api(wire).authorization("GET", media.url) if is_private_file(media.url) else {}
        )

    # ── connecting ──

    def inspect(self, wire: Wire[XCredentials]) -> Account:
        return account.inspect(wire)

    def subscribe(self, wire: Wire[XCredentials], *, hook_url: str) -> None:
        subscriptions.subscribe(wire, hook_url=hook_url)

    def subscribe_at_one(self, wire: Wire[Any], *, hook_urls: Sequence[str]) -> None:
        subscriptions.subscribe_at_one(wire, hook_urls=hook_urls)

    def callback_of(self, credentials: XCredentials) -> str:
        return subscriptions.callback_of(credentials)

    def unsubscribe(self, wire: Wire[XCredentials]) -> None:
        subscriptions.unsubscribe(wire)

    def authorize_url(self, app: XApp, *, redirect_uri: str, state: str) -> str:
        return connect.authorize_url(app, self.scopes, redirect_uri=redirect_uri, state=state)

    def grants(self, app: XApp, *, code: str, redirect_uri: str, wire: Any, state: str = "") -> list[Grant]:
        return connect.grants(app, code=code, redirect_uri=redirect_uri, state=state, wire=wire)

    def leave(self, app: XApp, *, redirect_uri: str, state: str, wire: Any) -> Leaving | None:
        return three_legged.leave(app, redirect_uri=redirect_uri, state=state, wire=wire)

    def grants_of(
        self, app: XApp, *, came_back: Mapping[str, str], kept: Mapping[str, str], wire: Any
    ) -> list[Grant]:
        return three_legged.grants_of(app, came_back=came_back, kept=kept, wire=wire)

    def renew(self, wire: Wire[Any]) -> Renewed:
        return connect.renew(wire)

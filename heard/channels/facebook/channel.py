"""Facebook: what people write in public on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Channel,
    Files,
    Grant,
    Hook,
    Incoming,
    Kind,
    NewPost,
    Outgoing,
    Post,
    Problem,
    Publishing,
    Rejected,
    Sent,
    Wire,
)
from heard.channels.facebook import find, held, moderate, posted
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.facebook.publish import find_published, publish, uploaded
from heard.channels.messenger.sending import PICTURES
from heard.channels.meta import account, connect, gone, signature, subscriptions
from heard.channels.meta.credentials import MetaApp
from heard.channels.meta.deliveries import parse
from heard.channels.meta.private import send_private, sent
from heard.channels.meta.rights import PUBLIC_SIDE
from heard.channels.meta.subscriptions import PUBLIC_FIELDS, page_graph

_WRITTEN = frozenset({Kind.COMMENT, Kind.POST, Kind.MENTION, Kind.REVIEW})
_ON_OUR_PAGE = frozenset({Kind.COMMENT, Kind.POST})
_LONGEST_COMMENT = 8_000
_LONGEST_POST = 63_206
_ONE_PICTURE = Files(
    sizes={"image/jpeg": 8 * 1024 * 1024, "image/png": 8 * 1024 * 1024}, most=1, described=True
)


class Facebook(Channel[FacebookCredentials]):
    """Comments, visitors' posts, mentions and reviews of one page."""

    slug: ClassVar[str] = "facebook"
    name: ClassVar[str] = "Facebook"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_WRITTEN,
        replies=_WRITTEN,
        text_limits=dict.fromkeys(_WRITTEN, _LONGEST_COMMENT),
        likes=_ON_OUR_PAGE,
        hides=_ON_OUR_PAGE,
        deletes=_ON_OUR_PAGE,
        private_replies=_ON_OUR_PAGE,
        private_reply_within=timedelta(days=7),
        private_channel="messenger",
        customer_edits=True,
        customer_deletes=True,
        media_in=frozenset({"image", "video", "link"}),
        publishing=Publishing(text_limit=_LONGEST_POST, pictures=10),
        files=dict.fromkeys(_ON_OUR_PAGE, _ONE_PICTURE),
    )
    credentials = FacebookCredentials
    app = MetaApp
    scopes = PUBLIC_SIDE
    media_hosts = ("lookaside.fbsbx.com", "fbcdn.net", "cdninstagram.com")
    confirms = frozenset({Kind.COMMENT, Kind.POST, Kind.REVIEW})  # mentions may be out of our sight

    def challenge(self, hook: Hook, credentials: FacebookCredentials) -> Answer | None:
        return signature.challenge(hook, credentials.verify_token)

    def verify(self, hook: Hook, credentials: FacebookCredentials) -> None:
        signature.verify(hook, (credentials.app_secret, credentials.previous_app_secret))

    def parse(self, hook: Hook) -> list[Incoming]:
        return parse(hook)

    def send(self, message: Outgoing, wire: Wire[FacebookCredentials]) -> Sent:
        if message.private_reply:
            return self._send_privately(message, wire)
        if message.kind is Kind.DIRECT:
            raise Rejected("Direct messages go out through Messenger.", problem=Problem.INVALID)
        graph = page_graph(wire)
        said = {"message": message.text} if message.text or not message.files else {}
        shown = [uploaded(graph, wire.credentials.account, picture) for picture in message.files[:1]]
        body = said | ({"attachment_id": shown[0]} if shown else {})
        answer = graph.send(message.to, "comments", json=body)
        return sent(answer.get("id"), graph)

    def _send_privately(self, message: Outgoing, wire: Wire[FacebookCredentials]) -> Sent:
        named = "post_id" if message.kind is Kind.POST else "comment_id"
        return send_private(
            page_graph(wire),
            wire.credentials.account,
            recipient={named: message.to},
            text=message.text,
            token=message.token,
            kind={},
            files=message.files,
            buttons=message.buttons,
            pictures=PICTURES,
        )

    def find_published(self, post: NewPost, wire: Wire[Any], *, since: datetime) -> list[Sent]:
        return find_published(page_graph(wire), wire.credentials.account, post, since=since)

    def publish(self, post: NewPost, wire: Wire[Any]) -> Sent:
        return publish(page_graph(wire), wire.credentials.account, post)

    def inspect(self, wire: Wire[FacebookCredentials]) -> Account:
        return account.inspect(wire, PUBLIC_FIELDS)

    def subscribe(self, wire: Wire[FacebookCredentials], *, hook_url: str) -> None:
        subscriptions.subscribe(wire, PUBLIC_FIELDS, hook_url=hook_url)

    def unsubscribe(self, wire: Wire[FacebookCredentials]) -> None:
        subscriptions.unsubscribe(wire, PUBLIC_FIELDS)

    def callback_of(self, credentials: FacebookCredentials) -> str:
        return subscriptions.callback_of(credentials)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None:
        moderate.like(page_graph(wire), external_id, liked=liked)

    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None:
        moderate.hide(page_graph(wire), external_id, hidden=hidden)

    def delete(self, external_id: str, *, wire: Wire[Any]) -> None:
        moderate.delete(page_graph(wire), external_id)

    def post(self, external_id: str, wire: Wire[Any]) -> Post | None:
        return posted.post(page_graph(wire), external_id)

    def held(self, wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
        return held.held(page_graph(wire), wire.credentials.account, since=since, until=until)

    def is_gone(self, external_id: str, wire: Wire[Any]) -> bool:
        return gone.is_gone(page_graph(wire), external_id)

    def find_sent(self, message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
        return find.find_sent(page_graph(wire), wire.credentials.account, message, since=since)

    def authorize_url(self, app: MetaApp, *, redirect_uri: str, state: str) -> str:
        rights = [scope.name for scope in self.scopes]
        return connect.authorize_url(app, rights, redirect_uri=redirect_uri, state=state)

    def grants(self, app: MetaApp, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
        return connect.grants(app, self.credentials, code=code, redirect_uri=redirect_uri, wire=wire)

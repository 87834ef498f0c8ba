"""Messenger: what people write to a page in private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Channel,
    Grant,
    Hook,
    Incoming,
    Kind,
    Outgoing,
    Person,
    Problem,
    Rejected,
    Sent,
    Wire,
)
from heard.channels.messenger import find, held, profiles, reactions
from heard.channels.messenger.credentials import MessengerCredentials
from heard.channels.messenger.sending import FILES, PICTURES
from heard.channels.messenger.talk import recipient_of
from heard.channels.meta import account, connect, gone, signature, subscriptions
from heard.channels.meta.conversations import Mailbox
from heard.channels.meta.credentials import MetaApp
from heard.channels.meta.deliveries import parse
from heard.channels.meta.private import QUICK_REPLIES, send_private
from heard.channels.meta.rights import PRIVATE_SIDE
from heard.channels.meta.subscriptions import PRIVATE_FIELDS, page_graph

_DIRECT = frozenset({Kind.DIRECT})
_LONGEST_MESSAGE = 2_000
_IN_TIME = {"messaging_type": "RESPONSE"}
_AS_A_PERSON = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


class Messenger(Channel[MessengerCredentials]):
    """Private conversations with one page."""

    slug: ClassVar[str] = "messenger"
    name: ClassVar[str] = "Messenger"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_DIRECT,
        replies=_DIRECT,
        text_limits={Kind.DIRECT: _LONGEST_MESSAGE},
        likes=_DIRECT,
        reply_within=timedelta(hours=24),
        extended_within=timedelta(days=7),
        customer_edits=True,
        customer_deletes=True,
        receipts=frozenset({"delivered", "read"}),
        media_in=frozenset({"image", "video", "audio", "file", "sticker", "location", "link", "story"}),
        files={Kind.DIRECT: FILES},
        buttons={Kind.DIRECT: QUICK_REPLIES},
    )
    credentials = MessengerCredentials
    app = MetaApp
    scopes = PRIVATE_SIDE
    media_hosts = ("lookaside.fbsbx.com", "fbcdn.net", "cdninstagram.com")
    confirms = frozenset({Kind.DIRECT})

    def challenge(self, hook: Hook, credentials: MessengerCredentials) -> Answer | None:
        return signature.challenge(hook, credentials.verify_token)

    def verify(self, hook: Hook, credentials: MessengerCredentials) -> None:
        signature.verify(hook, (credentials.app_secret, credentials.previous_app_secret))

    def parse(self, hook: Hook) -> list[Incoming]:
        return parse(hook)

    def send(self, message: Outgoing, wire: Wire[MessengerCredentials]) -> Sent:
        if message.kind is not Kind.DIRECT or message.private_reply:
            raise Rejected("Messenger answers direct messages only.", problem=Problem.INVALID)
        return send_private(
            page_graph(wire),
            wire.credentials.account,
            recipient=recipient_of(message.to),
            text=message.text,
            token=message.token,
            kind=_AS_A_PERSON if message.extended else _IN_TIME,
            files=message.files,
            buttons=message.buttons,
            pictures=PICTURES,
        )

    def inspect(self, wire: Wire[MessengerCredentials]) -> Account:
        return account.inspect(wire, PRIVATE_FIELDS)

    def subscribe(self, wire: Wire[MessengerCredentials], *, hook_url: str) -> None:
        subscriptions.subscribe(wire, PRIVATE_FIELDS, hook_url=hook_url)

    def unsubscribe(self, wire: Wire[MessengerCredentials]) -> None:
        subscriptions.unsubscribe(wire, PRIVATE_FIELDS)

    def callback_of(self, credentials: MessengerCredentials) -> str:
        return subscriptions.callback_of(credentials)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None:
        reactions.like(page_graph(wire), wire.credentials.account, external_id, liked=liked)

    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None:
        raise Rejected("Messages in Messenger cannot be hidden.", problem=Problem.INVALID)

    def delete(self, external_id: str, *, wire: Wire[Any]) -> None:
        raise Rejected("Messages in Messenger cannot be deleted.", problem=Problem.INVALID)

    def profile(self, address: str, wire: Wire[Any]) -> Person | None:
        return profiles.profile(page_graph(wire), address)

    def held(self, wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
        return held.held(_mailbox(wire), channel=self.slug, since=since, until=until)

    def is_gone(self, external_id: str, wire: Wire[Any]) -> bool:
        return gone.is_gone(page_graph(wire), external_id)

    def find_sent(self, message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
        return find.find_sent(_mailbox(wire), message, since=since)

    def authorize_url(self, app: MetaApp, *, redirect_uri: str, state: str) -> str:
        rights = [scope.name for scope in self.scopes]
        return connect.authorize_url(app, rights, redirect_uri=redirect_uri, state=state)

    def grants(self, app: MetaApp, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
        return connect.grants(app, self.credentials, code=code, redirect_uri=redirect_uri, wire=wire)


def _mailbox(wire: Wire[Any]) -> Mailbox:
    page = wire.credentials.account
    return Mailbox(page_graph(wire), page, node=page)

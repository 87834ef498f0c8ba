"""WhatsApp: private conversations with one business number, over Meta's Cloud API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Channel,
    Hook,
    Incoming,
    Kind,
    Located,
    Media,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Template,
    Wire,
)
from heard.channels.meta import signature
from heard.channels.whatsapp import account, files, sending, templates
from heard.channels.whatsapp.credentials import WhatsAppCredentials
from heard.channels.whatsapp.deliveries import parse
from heard.channels.whatsapp.envelope import SLUG
from heard.channels.whatsapp.rights import RIGHTS

_DIRECT = frozenset({Kind.DIRECT})
_LONGEST_MESSAGE = 4_096


class WhatsApp(Channel[WhatsAppCredentials]):
    slug: ClassVar[str] = SLUG
    name: ClassVar[str] = "WhatsApp"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_DIRECT,
        replies=_DIRECT,
        text_limits={Kind.DIRECT: _LONGEST_MESSAGE},
        likes=_DIRECT,
        reply_within=timedelta(hours=24),
        templates_after=True,
        customer_edits=True,
        customer_deletes=True,
        receipts=frozenset({"delivered", "read"}),
        media_in=frozenset({"image", "video", "audio", "file", "sticker", "location"}),
        files={Kind.DIRECT: sending.FILES},
        buttons={Kind.DIRECT: sending.BUTTONS},
        quotes=True,
    )
    credentials = WhatsAppCredentials
    scopes = RIGHTS
    media_hosts = ("lookaside.fbsbx.com", "fbcdn.net")

    def challenge(self, hook: Hook, credentials: WhatsAppCredentials) -> Answer | None:
        return signature.challenge(hook, credentials.verify_token)

    def verify(self, hook: Hook, credentials: WhatsAppCredentials) -> None:
        signature.verify(hook, (credentials.app_secret, credentials.previous_app_secret))

    def parse(self, hook: Hook) -> list[Incoming]:
        return parse(hook)

    def send(self, message: Outgoing, wire: Wire[WhatsAppCredentials]) -> Sent:
        if message.kind is not Kind.DIRECT or message.private_reply:
            raise Rejected("WhatsApp has direct messages only.", problem=Problem.INVALID)
        return sending.send(message, wire)

    def inspect(self, wire: Wire[WhatsAppCredentials]) -> Account:
        return account.inspect(wire)

    def callback_of(self, credentials: WhatsAppCredentials) -> str:
        return f"whatsapp {credentials.business_account}"

    def subscribe(self, wire: Wire[WhatsAppCredentials], *, hook_url: str) -> None:
        account.subscribe(wire, hook_url=hook_url)

    def unsubscribe(self, wire: Wire[WhatsAppCredentials]) -> None:
        account.unsubscribe(wire)

    def react(self, external_id: str, *, to: str, liked: bool, wire: Wire[Any]) -> None:
        sending.react(external_id, to=to, liked=liked, wire=wire)

    def locate(self, media: Media, wire: Wire[Any]) -> Located | None:
        return files.locate(media, wire)

    def templates(self, wire: Wire[Any]) -> list[Template]:
        return templates.templates(wire)

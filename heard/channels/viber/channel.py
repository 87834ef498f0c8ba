"""Viber: what people write to a bot."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Final

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    Channel,
    Hook,
    Incoming,
    Kind,
    Outgoing,
    Person,
    Problem,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
    Unreadable,
    Wire,
)
from heard.channels.fields import as_aside, as_id, as_mapping, as_url
from heard.channels.reading import read_json
from heard.channels.viber import signature
from heard.channels.viber.api import TOO_MANY, ask
from heard.channels.viber.content import BUTTONS, FILES, content
from heard.channels.viber.credentials import ViberCredentials
from heard.channels.viber.reading import facts

_DIRECT: Final = frozenset({Kind.DIRECT})
_EVENTS: Final = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")


class Viber(Channel[ViberCredentials]):
    """Private conversations with one bot."""

    slug: ClassVar[str] = "viber"
    name: ClassVar[str] = "Viber"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_DIRECT,
        replies=_DIRECT,
        text_limits={Kind.DIRECT: 7_000},
        receipts=frozenset({"delivered", "read"}),
        media_in=frozenset({"image", "video", "audio", "file", "sticker", "location", "link"}),
        files={Kind.DIRECT: FILES},
        buttons={Kind.DIRECT: BUTTONS},
    )
    credentials = ViberCredentials
    media_hosts = ("viber.com",)

    def verify(self, hook: Hook, credentials: ViberCredentials) -> None:
        signature.verify(hook, credentials.auth_token)

    def parse(self, hook: Hook) -> list[Incoming]:
        return facts(hook.body)

    def answer(self, hook: Hook, credentials: ViberCredentials) -> Answer | None:
        """The welcome. It is shown to people who have not written yet and subscribes nobody."""
        if not credentials.welcome or _event(hook) != "conversation_started":
            return None
        welcome = {"min_api_version": 1, "type": "text", "text": credentials.welcome}
        said = {**_sender(credentials), **welcome, "tracking_data": "welcome"}
        return Answer(200, json.dumps(said).encode("ascii"), "application/json")

    def send(self, message: Outgoing, wire: Wire[ViberCredentials]) -> Sent:
        if message.kind is not Kind.DIRECT or message.private_reply:
            raise Rejected("Viber answers direct messages only.", problem=Problem.INVALID)
        body = {
            "receiver": message.to,
            **_sender(wire.credentials),
            **content(message),
            "tracking_data": message.token,
        }
        told = ask(wire, "send_message", body, harmless=False)
        token = _token(told.get("message_token"))
        if not token:
            raise Unconfirmed("Viber answered without the message's token.")
        return Sent(token, recipient=message.to)

    def inspect(self, wire: Wire[ViberCredentials]) -> Account:
        told = ask(wire, "get_account_info", {}, harmless=True)
        account = _token(told.get("id"))
        if not account:
            raise TryAgain("Viber answered without the bot's ID.")
        return Account(
            account,
            name=as_aside(told.get("name")),
            picture_url=as_url(told.get("icon")),
            subscribed=bool(as_url(told.get("webhook"))),
        )

    def subscribe(self, wire: Wire[ViberCredentials], *, hook_url: str) -> None:
        body = {"url": hook_url, "event_types": list(_EVENTS), "send_name": True, "send_photo": True}
        ask(wire, "set_webhook", body, harmless=True)

    def unsubscribe(self, wire: Wire[ViberCredentials]) -> None:
        ask(wire, "set_webhook", {"url": ""}, harmless=True)

    def profile(self, address: str, wire: Wire[Any]) -> Person | None:
        """Told twice in twelve hours for each person. None: not now, and what they write carries their name."""
        try:
            user = as_mapping(ask(wire, "get_user_details", {"id": address}, harmless=True).get("user"))
        except Rejected:
            return None
        except TryAgain as later:
            if later.code == TOO_MANY:
                return None
            raise
        return Person(address, name=as_aside(user.get("name")), picture_url=as_url(user.get("avatar")))


def _sender(credentials: ViberCredentials) -> dict[str, Any]:
    avatar = {"avatar": credentials.sender_avatar} if credentials.sender_avatar else {}
    return {"sender": {"name": credentials.sender_name, **avatar}}


def _event(hook: Hook) -> str:
    try:
        return as_aside(as_mapping(read_json(hook.body)).get("event"))
    except Unreadable:
        return ""


def _token(value: Any) -> str:
    try:
        return as_id(value)
    except ValueError:
        return ""

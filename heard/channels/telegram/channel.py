"""Telegram: what people write to a bot."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar, Final

from heard.channels.contract import (
    Abilities,
    Account,
    Answer,
    BadSignature,
    Channel,
    Count,
    Hook,
    Incoming,
    Kind,
    Located,
    Media,
    Outgoing,
    Polled,
    Problem,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unreadable,
    Wire,
)
from heard.channels.fields import as_aside, as_id, as_list, as_mapping
from heard.channels.reading import read_json
from heard.channels.telegram import sending
from heard.channels.telegram.addresses import read_message
from heard.channels.telegram.api import ask, file_url
from heard.channels.telegram.credentials import TelegramCredentials
from heard.channels.telegram.updates import facts

_DIRECT: Final = frozenset({Kind.DIRECT})
_HEADER: Final = "x-telegram-bot-api-secret-token"
_LIKE: Final = "👍"
_AT_ONCE: Final = 100
# Reactions are told of only to who names them here.
ALLOWED_UPDATES: Final = [
    *("message", "edited_message", "callback_query", "message_reaction", "my_chat_member"),
    *("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
]


class Telegram(Channel[TelegramCredentials]):
    """Private conversations with one bot."""

    slug: ClassVar[str] = "telegram"
    name: ClassVar[str] = "Telegram"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_DIRECT,
        replies=_DIRECT,
        text_limits={Kind.DIRECT: 4_096},
        counts=Count.UTF16_UNITS,
        likes=_DIRECT,
        deletes=_DIRECT,
        customer_edits=True,
        customer_deletes=True,
        media_in=frozenset({"image", "video", "audio", "file", "sticker", "location"}),
        files={Kind.DIRECT: sending.FILES},
        buttons={Kind.DIRECT: sending.BUTTONS},
        quotes=True,
    )
    credentials = TelegramCredentials
    media_hosts = ("api.telegram.org",)

    # ── in ──

    def verify(self, hook: Hook, credentials: TelegramCredentials) -> None:
        expected = credentials.secret_token.get_secret_value().encode()
        given = hook.headers.get(_HEADER, "").encode()
        if not expected or not hmac.compare_digest(expected, given):
            raise BadSignature("The call does not carry the hook secret.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return facts(hook.body)

    def answer(self, hook: Hook, credentials: TelegramCredentials) -> Answer | None:
        """A pressed button turns until somebody says that it was heard. Nothing else is said this way."""
        pressed = _pressed(hook.body)
        if not pressed:
            return None
        said = {"method": "answerCallbackQuery", "callback_query_id": pressed[0]}
        return Answer(200, json.dumps(said).encode("ascii"), "application/json")

    def polls_every(self, credentials: TelegramCredentials) -> timedelta | None:
        return timedelta(seconds=2) if credentials.polling else None

    def poll(self, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        """Asking from a number on tells Telegram that everything before it was kept."""
        asked: dict[str, Any] = {"timeout": 0, "limit": _AT_ONCE, "allowed_updates": ALLOWED_UPDATES}
        if as_aside(cursor.get("offset")).isdigit():
            asked["offset"] = int(cursor["offset"])
        updates = [as_mapping(one) for one in as_list(ask(wire, "getUpdates", asked, harmless=True))]
        calls = [Hook("POST", {}, {}, json.dumps(update).encode("ascii")) for update in updates]
        for call in calls:
            _turn_no_more(call, wire)
        newest = max(
            (one["update_id"] for one in updates if isinstance(one.get("update_id"), int)), default=-1
        )
        if newest < 0:
            return Polled(calls=calls, cursor=cursor)
        return Polled(calls=calls, cursor={"offset": str(newest + 1)})

    def locate(self, media: Media, wire: Wire[Any]) -> Located | None:
        file_id = as_aside(media.detail.get("file_id"))
        if not file_id:
            return None
        try:
            told = as_mapping(ask(wire, "getFile", {"file_id": file_id}, harmless=True))
        except Rejected:
            return None  # larger than 20 MB, or no longer there
        path = as_aside(told.get("file_path"))
        if not path or path.startswith("/") or ".." in path:
            return None
        return Located(file_url(wire.credentials, path))

    # ── out ──

    def send(self, message: Outgoing, wire: Wire[TelegramCredentials]) -> Sent:
        if message.kind is not Kind.DIRECT or message.private_reply:
            raise Rejected("Telegram answers direct messages only.", problem=Problem.INVALID)
        return sending.send(message, wire)

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None:
        reaction = [{"type": "emoji", "emoji": _LIKE}] if liked else []
        body = {**_of_the_bot(external_id, "liked"), "reaction": reaction}
        ask(wire, "setMessageReaction", body, harmless=True)

    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None:
        raise Rejected("Messages on Telegram cannot be hidden.", problem=Problem.INVALID)

    def delete(self, external_id: str, *, wire: Wire[Any]) -> None:
        """For both sides, in the first 48 hours. One that is gone already is as it should be."""
        body = _of_the_bot(external_id, "deleted")
        try:
            ask(wire, "deleteMessage", body, harmless=True)
        except Rejected as rejected:
            if rejected.problem is not Problem.GONE:
                raise

    # ── the account ──

    def inspect(self, wire: Wire[TelegramCredentials]) -> Account:
        me = as_mapping(ask(wire, "getMe", {}, harmless=True))
        if not _id(me.get("id")):
            raise TryAgain("Telegram answered without the bot's ID.")
        hook = as_aside(as_mapping(ask(wire, "getWebhookInfo", {}, harmless=True)).get("url"))
        return Account(
            _id(me.get("id")),
            name=as_aside(me.get("first_name")) or as_aside(me.get("username")),
            subscribed=bool(hook) is not wire.credentials.polling,
        )

    def subscribe(self, wire: Wire[TelegramCredentials], *, hook_url: str) -> None:
        """Who asks must have no hook: Telegram does one or the other."""
        if wire.credentials.polling:
            return self.unsubscribe(wire)
        body = {
            "url": hook_url,
            "secret_token": wire.credentials.secret_token.get_secret_value(),
            "allowed_updates": ALLOWED_UPDATES,
        }
        ask(wire, "setWebhook", body, harmless=True)
        return None

    def unsubscribe(self, wire: Wire[TelegramCredentials]) -> None:
        ask(wire, "deleteWebhook", {}, harmless=True)


def _turn_no_more(call: Hook, wire: Wire[Any]) -> None:
    """As `answer` does it for hooks. A button that goes on turning is no reason to lose what was said."""
    for id in _pressed(call.body):
        with suppress(Rejected, TryAgain, ReconnectNeeded):
            ask(wire, "answerCallbackQuery", {"callback_query_id": id}, harmless=True)


def _pressed(body: bytes) -> list[str]:
    """The callback query of an update, if it is one."""
    try:
        update = as_mapping(read_json(body))
    except Unreadable:
        return []
    id = as_aside(as_mapping(update.get("callback_query")).get("id"))
    return [id] if id else []


def _of_the_bot(external_id: str, verb: str) -> dict[str, Any]:
    """The message as a call names it. Raises Rejected for a business account's, which no bot can touch so."""
    named = read_message(external_id)
    if named.address.connection:
        raise Rejected(f"Messages of a business account cannot be {verb} here.", problem=Problem.INVALID)
    return named.fields


def _id(value: Any) -> str:
    try:
        return as_id(value)
    except ValueError:
        return ""

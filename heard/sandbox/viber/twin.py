"""The twin of Viber: bots, and the people who subscribe to them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar

from starlette.routing import BaseRoute, Route

from heard.channels.viber import simulator as wording
from heard.channels.words import N_
from heard.sandbox.delivery.engine import Manner
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Conversation, Direct
from heard.sandbox.talks.twin import TalkTwin
from heard.sandbox.viber.endpoint import BotApi
from heard.sandbox.viber.said import said
from heard.sandbox.wish import Verb, Wish

HOST = "chatapi.viber.com"
EVENTS = (
    "subscribed",
    "unsubscribed",
    "conversation_started",
    "delivered",
    "seen",
    "failed",
    "client_status",
)


class Viber(TalkTwin):
    slug: ClassVar[str] = "viber"
    title: ClassVar[str] = "Viber"
    go: ClassVar[str] = N_("Write on Viber")
    can: ClassVar[frozenset[str]] = frozenset({"open", "read", "press", "block"})
    media_kinds: ClassVar[Sequence[str]] = (
        *("image", "video", "audio", "file", "sticker", "contact", "location", "link"),
    )
    media_host: ClassVar[str] = "media-direct.cdn.viber.com"

    def manner(self) -> Manner:
        """For about an hour; then the event is lost."""
        return Manner(pauses_s=(0, 1, 2, 5, 10, 30, 60), give_up_after=66, answered=self._answered)

    def api(self) -> list[BaseRoute]:
        return [Route(f"/{HOST}/pa/{{method}}", BotApi(self).respond, methods=["POST"])]

    def address(self, account: str, handle: str) -> str:
        """Another one for each bot, and in base64 as the network has them."""
        return base64.b64encode(hashlib.sha256(f"viber {account} {handle}".encode()).digest()[:15]).decode()

    def new_account(self, name: str, about: str) -> Account:
        account = super().new_account(name, about)
        account.id = f"pa:{account.id}"
        return account

    def direct_id(self, account: Account, handle: str) -> str:
        return str(self.new_token_number())

    def new_token_number(self) -> int:
        """A message token: 64 bits, beyond what a double can hold."""
        return 5_700_000_000_000_000_000 + self.talks.number() * 1000

    def credentials(self, account: Account) -> dict[str, str]:
        return {
            "account": account.id,
            "auth_token": account.token,
            "sender_name": account.name,
            "base_url": self.ground.address.below(f"{HOST}/pa"),
        }

    def more_verbs(self) -> dict[str, Verb]:
        return {"client_status": Verb(self._client_status, "as page code")}

    # ── hooks ──

    def hook_call(self, account: Account, events: Sequence[Event]) -> HookCall:
        return self.signed(account, wording.encode(events[0].body))

    def signed(self, account: Account, body: bytes) -> HookCall:
        headers = {"Content-Type": "application/json", **wording.signed(body, account.token)}
        return HookCall(account.hook_url, headers, body)

    def _tell(self, name: str, direct: Direct, **rest: Any) -> None:
        account = self.talks.accounts[direct.account]
        address = self.talks.address(direct.account, direct.handle)
        body = wording.event(
            name, at_ms=self.ground.clock.ms(), token=int(direct.id), user_id=address, **rest
        )
        self._put(account, name, body, direct.handle)

    def _put(self, account: Account, name: str, body: dict[str, Any], handle: str) -> None:
        wanted = account.kept.get("event_types", EVENTS)
        if name == "message" or name in wanted:
            self.tell(account, body, lane=handle)

    def _user(self, conversation: Conversation) -> dict[str, Any]:
        person = self.ground.cast.person(conversation.handle)
        address = self.talks.address(conversation.account, conversation.handle)
        avatar = self.link(f"person/{person.handle}.png")
        return wording.user(address, name=person.name, avatar=avatar, language=person.language)

    def _about(self, name: str, conversation: Conversation, **rest: Any) -> None:
        account = self.talks.accounts[conversation.account]
        body = wording.event(name, at_ms=self.ground.clock.ms(), token=self.new_token_number(), **rest)
        self._put(account, name, body, conversation.handle)

    # ── what happened ──

    def tell_written(self, direct: Direct, *, first: bool) -> None:
        conversation = self.talks.conversation(direct.account, direct.handle)
        if not subscribed(conversation):
            self._subscribe(conversation)
        message = said(self, direct, tracking=conversation.kept.pop("tracking", ""))
        body = wording.message(
            self._user(conversation), message, at_ms=int(direct.at * 1000), token=int(direct.id)
        )
        self._put(self.talks.accounts[direct.account], "message", body, direct.handle)

    def tell_opened(self, conversation: Conversation, context: str) -> None:
        conversation.kept["opened_at"] = self.now()
        self.talks.keep(conversation)
        more = {"context": context} if context else {}
        self._about(
            "conversation_started",
            conversation,
            type="open",
            **more,
            user=self._user(conversation),
            subscribed=subscribed(conversation),
        )

    def tell_pressed(self, direct: Direct, *, title: str, payload: str) -> None:
        """A pressed button comes as a message with the button's words."""
        account = self.talks.accounts[direct.account]
        acts.write(self, account, handle=direct.handle, text=payload, quick=payload)

    def tell_blocked(self, conversation: Conversation) -> None:
        if conversation.blocked:
            conversation.kept["subscribed"] = False
            address = self.talks.address(conversation.account, conversation.handle)
            self._about("unsubscribed", conversation, user_id=address)
        else:
            self._subscribe(conversation)
        self.talks.keep(conversation)

    def _subscribe(self, conversation: Conversation) -> None:
        conversation.kept["subscribed"], conversation.blocked = True, False
        self.talks.keep(conversation)
        self._about("subscribed", conversation, user=self._user(conversation))

    def tell_answered(self, direct: Direct) -> None:
        if direct.handle.endswith("-failed") or direct.kept.get("lost"):
            acts.fail(self, direct, reason="The message could not be shown by the client")
        else:
            self._tell("delivered", direct)

    def tell_read(self, conversation: Conversation, directs: Sequence[Direct]) -> None:
        for direct in directs:
            self._tell("seen", direct)

    def tell_failed(self, direct: Direct) -> None:
        self._tell("failed", direct, desc=direct.failed)

    def _client_status(self, wish: Wish) -> Any:
        conversation = self.talks.conversation(
            wish.text("page", self.talks.first_account().id), wish.text("as")
        )
        address = self.talks.address(conversation.account, conversation.handle)
        self._about("client_status", conversation, user={"id": address}, code=int(wish.number("code", 0)))
        return {"address": address}

    # ── what the hook answers ──

    def _answered(self, events: Sequence[Event], answer: bytes) -> None:
        """A hook may answer conversation_started with a welcome."""
        if events[0].body.get("event") != "conversation_started":
            return
        account = self.talks.accounts[events[0].page]
        handle = self.talks.handle(account.id, events[0].body["user"]["id"])
        try:
            welcome = json.loads(answer)
        except ValueError:
            return
        if handle and isinstance(welcome, dict) and isinstance(welcome.get("text"), str):
            acts.answer(
                self,
                account,
                handle=handle,
                text=welcome["text"],
                token=str(welcome.get("tracking_data", "")),
                by="welcome",
            )


def subscribed(conversation: Conversation) -> bool:
    return bool(conversation.kept.get("subscribed"))

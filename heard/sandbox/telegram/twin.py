"""The twin of Telegram: bots, the people who write to them, and an owner whose own account a bot looks after."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from starlette.routing import BaseRoute, Route

from heard.channels.telegram import simulator as wording
from heard.channels.words import N_
from heard.sandbox.delivery.engine import Manner
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.persons import digits
from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Conversation, Direct
from heard.sandbox.talks.twin import TalkTwin
from heard.sandbox.talks.verbs import account_of, person_of
from heard.sandbox.telegram.endpoint import BotApi
from heard.sandbox.telegram.files import download
from heard.sandbox.telegram.said import content
from heard.sandbox.wish import BadWish, Verb, Wish

HOST = "api.telegram.org"
OWNER = "bea"  # whose own account the bot looks after
KEPT_FOR_S = 24 * 3600  # how long the network waits to be asked


class Telegram(TalkTwin):
    slug: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    go: ClassVar[str] = N_("Write on Telegram")
    can: ClassVar[frozenset[str]] = frozenset({"open", "edit", "delete", "react", "press", "block"})
    media_kinds: ClassVar[Sequence[str]] = (
        *("image", "video", "audio", "voice", "file", "sticker", "contact", "location"),
    )
    media_host: ClassVar[str] = (
        "telegram.files"  # for the customer's page alone; bots fetch theirs by getFile
    )

    def manner(self) -> Manner:
        return Manner(takes=lambda status: 200 <= status < 300, give_up_after=1_440, answered=self._answered)

    def api(self) -> list[BaseRoute]:
        api = BotApi(self)
        return [
            Route(f"/{HOST}/file/bot{{token}}/{{path:path}}", download(self)),
            Route(f"/{HOST}/bot{{token}}/{{method}}", api.respond, methods=["GET", "POST"]),
        ]

    def address(self, account: str, handle: str) -> str:
        """The same for every bot."""
        return digits("telegram", handle, length=10)

    def new_account(self, name: str, about: str) -> Account:
        account = super().new_account(name, about)
        # Numbers of messages rise through all conversations of a bot. Those of two bots never meet.
        account.kept = {"message": 1_000_000 * len(self.talks.accounts), "update": 870_000_000, "updates": []}
        return account

    def new_token(self, account: Account) -> str:
        return f"{account.id}:{secrets.token_urlsafe(26)}"

    def direct_id(self, account: Account, handle: str) -> str:
        account.kept["message"] += 1
        self.talks.keep(account)
        return f"{self.address(account.id, handle)}:{account.kept['message']}"

    def credentials(self, account: Account) -> dict[str, str]:
        return {
            "account": account.id,
            "bot_token": account.token,
            "secret_token": f"hook-secret-of-{account.id}",
            "base_url": self.ground.address.below(HOST),
        }

    def more_verbs(self) -> dict[str, Verb]:
        return {"business": Verb(self._business, "as to text name page")}

    # ── hooks, or being asked ──

    def hook_call(self, account: Account, events: Sequence[Event]) -> HookCall:
        return self.signed(account, json.dumps(events[0].body).encode("ascii"))

    def signed(self, account: Account, body: bytes) -> HookCall:
        secret = {"X-Telegram-Bot-Api-Secret-Token": account.secret} if account.secret else {}
        return HookCall(account.hook_url, {"Content-Type": "application/json", **secret}, body)

    def heard(self, account: Account) -> bool:
        return bool(account.hook_url) or self.now() - account.kept.get("asked_at", 0) < 60

    def tell_of(self, account_id: str, kind: str, part: Mapping[str, Any], *, handle: str) -> None:
        """One update: to the hook, or kept until somebody asks or a hook is set."""
        account = self.talks.accounts[account_id]
        allowed = account.kept.get("allowed_updates")
        if kind not in (allowed or ALWAYS):
            return
        account.kept["update"] += 1
        update = {"update_id": account.kept["update"], kind: part}
        if account.hook_url:
            self.tell(account, update, lane=handle)
        else:
            account.kept["updates"].append({"at": self.now(), "handle": handle, "update": update})
        self.talks.keep(account)

    def waiting(self, account: Account) -> list[dict[str, Any]]:
        """What nobody has taken yet, and is not too old."""
        kept: list[dict[str, Any]] = account.kept["updates"]
        return [one for one in kept if one["at"] > self.now() - KEPT_FOR_S]

    def hand_over(self, account: Account) -> None:
        """A hook gets what has waited."""
        for one in self.waiting(account):
            self.tell(account, one["update"], lane=one["handle"])
        account.kept["updates"] = []

    def _answered(self, events: Sequence[Event], answer: bytes) -> None:
        """A hook may answer with one call of the API, whose result nobody gets to see."""
        try:
            call = json.loads(answer)
        except ValueError:
            return
        if isinstance(call, dict) and call.get("method") == "answerCallbackQuery":
            self.heard_press(self.talks.accounts[events[0].page], str(call.get("callback_query_id")))

    def heard_press(self, account: Account, id: str) -> bool:
        """The button under the customer's finger stops turning."""
        turning: list[str] = account.kept.setdefault("turning", [])
        if id not in turning:
            return False
        turning.remove(id)
        self.talks.keep(account)
        return True

    # ── who ──

    def user(self, handle: str) -> dict[str, Any]:
        person = self.ground.cast.person(handle)
        return wording.user(
            int(self.address("", handle)),
            first_name=person.first_name,
            last_name=person.last_name,
            language=person.language,
        )

    def bot(self, account: Account) -> dict[str, Any]:
        username = "".join(letter for letter in account.name.lower() if letter.isalnum()) + "_bot"
        return {"id": int(account.id), "is_bot": True, "first_name": account.name, "username": username}

    def as_message(self, direct: Direct) -> dict[str, Any]:
        """A message as updates and answers show it."""
        account, customer = self.talks.accounts[direct.account], self.user(direct.handle)
        owner = direct.kept.get("business") and direct.by == "own_app"
        ours = self.user(OWNER) if owner else self.bot(account)
        return wording.message(
            number_of(direct),
            author=ours if direct.from_page else customer,
            chat=wording.chat(customer),
            at=direct.at,
            **content(self, direct),
        )

    # ── what happened ──

    def tell_written(self, direct: Direct, *, first: bool) -> None:
        conversation = self.talks.conversation(direct.account, direct.handle)
        if conversation.blocked:
            acts.block(self, self.talks.accounts[direct.account], handle=direct.handle, blocked=False)
        self._tell_message("message", direct)

    def _tell_message(self, kind: str, direct: Direct, **more: Any) -> None:
        kind = kind.replace("message", "business_message") if direct.kept.get("business") else kind
        self.tell_of(direct.account, kind, {**self.as_message(direct), **more}, handle=direct.handle)

    def tell_opened(self, conversation: Conversation, context: str) -> None:
        account = self.talks.accounts[conversation.account]
        acts.write(self, account, handle=conversation.handle, text=f"/start {context}".strip())

    def tell_edited(self, direct: Direct) -> None:
        self._tell_message("edited_message", direct, edit_date=int(self.now()))

    def tell_removed(self, direct: Direct) -> None:
        """Bots hear nothing of it, except for the accounts that they look after."""
        if business := direct.kept.get("business"):
            part = {
                "business_connection_id": business,
                "chat": wording.chat(self.user(direct.handle)),
                "message_ids": [number_of(direct)],
            }
            self.tell_of(direct.account, "deleted_business_messages", part, handle=direct.handle)

    def tell_reaction(self, direct: Direct, *, before: str, emoji: str) -> None:
        author = self.user(direct.handle)
        part = wording.reaction(number_of(direct), author=author, before=before, now=emoji, at=self.now())
        self.tell_of(direct.account, "message_reaction", part, handle=direct.handle)

    def tell_pressed(self, direct: Direct, *, title: str, payload: str) -> None:
        account = self.talks.accounts[direct.account]
        id = str(self.talks.number())
        account.kept.setdefault("turning", []).append(id)
        part = {
            "id": id,
            "from": self.user(direct.handle),
            "message": self.as_message(direct),
            "chat_instance": "-3",
            "data": payload,
        }
        self.tell_of(direct.account, "callback_query", part, handle=direct.handle)

    def tell_blocked(self, conversation: Conversation) -> None:
        bot = self.bot(self.talks.accounts[conversation.account])
        status = ("member", "kicked") if conversation.blocked else ("kicked", "member")
        part = wording.member(
            self.user(conversation.handle), bot, before=status[0], now=status[1], at=self.now()
        )
        self.tell_of(conversation.account, "my_chat_member", part, handle=conversation.handle)

    def tell_answered(self, direct: Direct) -> None:
        """A bot does not hear itself; it hears the owner of an account that it looks after."""
        if direct.by == "own_app":
            self._tell_message("message", direct)

    # ── an account that the bot looks after ──

    def _business(self, wish: Wish) -> Any:
        """A customer (`as`) writes to the owner, or the owner writes `to` a customer."""
        account = account_of(self, wish)
        connection = self._connected(account)
        kept = {"business": connection}
        if "to" in wish:
            handle, text = person_of(self, wish, "to"), wish.text("text")
            return {"id": acts.answer(self, account, handle=handle, text=text, by="own_app", kept=kept).id}
        if "as" not in wish:
            raise BadWish("Either 'as' or 'to' names a customer.")
        handle, text = person_of(self, wish), wish.text("text")
        return {"id": acts.write(self, account, handle=handle, text=text, kept=kept).id}

    def _connected(self, account: Account) -> str:
        known = account.kept.get("business")
        if known:
            return str(known)
        account.kept["business"] = connection = f"bc-{account.id}"
        owner = self.user(OWNER)
        part = {
            "id": connection,
            "user": owner,
            "user_chat_id": owner["id"],
            "date": int(self.now()),
            "is_enabled": True,
            "rights": {"can_reply": True},
        }
        self.tell_of(account.id, "business_connection", part, handle=OWNER)
        return connection


def number_of(direct: Direct) -> int:
    return int(direct.id.rpartition(":")[2])


# What a bot is told of without asking for it by name.
ALWAYS = (
    *("message", "edited_message", "callback_query", "my_chat_member", "business_connection"),
    *("business_message", "edited_business_message", "deleted_business_messages"),
)

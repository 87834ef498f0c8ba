"""The Bot API over HTTP. The token stands in the path; what is written down leaves it out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.answers import Json
from heard.sandbox.delivery.faults import Faults
from heard.sandbox.talks import acts
from heard.sandbox.talks.endpoint import Call, Endpoint
from heard.sandbox.talks.things import Account, Direct
from heard.sandbox.telegram import sending
from heard.sandbox.telegram.files import path_of
from heard.sandbox.telegram.sending import Wrong

if TYPE_CHECKING:
    from heard.sandbox.telegram.twin import Telegram

LONGEST_WAIT_S, LOOK_EVERY_S = 50, 0.1
LARGEST_FILE = 20 * 1024 * 1024
DELETED_WITHIN_S = 48 * 3600
Method = Callable[[Account, dict[str, Any]], Awaitable[Any]]


def error(code: int, description: str, **parameters: Any) -> Response:
    more = {"parameters": parameters} if parameters else {}
    return Json({"ok": False, "error_code": code, "description": description, **more}, status_code=code)


class BotApi(Endpoint):
    twin: Telegram

    def __init__(self, twin: Telegram) -> None:
        super().__init__(twin)
        self._methods: dict[str, Method] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._hook_now,
            "getupdates": self._get_updates,
            "editmessagetext": self._edit,
            "deletemessage": self._delete,
            "setmessagereaction": self._react,
            "sendchataction": self._typing,
            "answercallbackquery": self._answer_callback,
            "getfile": self._get_file,
            "getchat": self._get_chat,
        }

    def path(self, request: Request) -> str:
        return f"/api.telegram.org/bot…/{request.path_params['method']}"

    def changes(self, call: Call) -> bool:
        return call.path.rpartition("/")[2].lower().startswith(("send", "edit", "delete", "setmessage")) and (
            not call.path.lower().endswith("deletewebhook")
        )

    def not_json(self) -> Response:
        return error(400, "Bad Request: can't parse the body")

    def refusal(self, fault: int | str, faults: Faults) -> Response:
        match fault:
            case 429:
                wait = faults.retry_after
                return error(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            case 500:
                return error(500, "Internal Server Error")
            case "token_expired":
                return error(401, "Unauthorized")
            case "blocked":
                return error(403, "Forbidden: bot was blocked by the user")
            case "window":
                return error(403, "Forbidden: bot can't initiate conversation with a user")
            case _:
                return error(403, "Forbidden: not enough rights to send text messages to the chat")

    async def outcome(self, call: Call, request: Request) -> Response:
        account = self.twin.talks.account_by_token(request.path_params["token"])
        if account is None:
            return error(401, "Unauthorized")
        asked, name = _plain(call), request.path_params["method"].lower()
        try:
            if name in sending.KINDS:
                with self.twin.ground.storage.together():
                    sent = sending.send(self.twin, account, name, asked, call.files)
                return Json({"ok": True, "result": self.twin.as_message(sent)})
            if name not in self._methods:
                return error(404, "Not Found")
            return Json({"ok": True, "result": await self._methods[name](account, asked)})
        except Wrong as wrong:
            return error(wrong.code, wrong.description, **wrong.parameters)

    # ── the bot and its hook ──

    async def _get_me(self, account: Account, asked: dict[str, Any]) -> Any:
        more = {"can_join_groups": True, "can_read_all_group_messages": False}
        return {
            **self.twin.bot(account),
            **more,
            "supports_inline_queries": False,
            "can_connect_to_business": True,
            "has_main_web_app": False,
        }

    async def _set_webhook(self, account: Account, asked: dict[str, Any]) -> Any:
        url = str(asked.get("url") or "")
        secret = str(asked.get("secret_token") or "")
        if len(secret) > 256 or not all(one.isalnum() or one in "_-" for one in secret):
            raise Wrong(400, "Bad Request: secret token contains unallowed characters")
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise Wrong(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self._allow(account, asked)
        account.hook_url, account.secret = url, secret
        if asked.get("drop_pending_updates"):
            account.kept["updates"] = []
        if url:
            self.twin.hand_over(account)
        self.twin.talks.keep(account)
        return True

    async def _delete_webhook(self, account: Account, asked: dict[str, Any]) -> Any:
        return await self._set_webhook(account, {"drop_pending_updates": asked.get("drop_pending_updates")})

    def _allow(self, account: Account, asked: dict[str, Any]) -> None:
        allowed = asked.get("allowed_updates")
        if isinstance(allowed, list):
            account.kept["allowed_updates"] = allowed

    async def _hook_now(self, account: Account, asked: dict[str, Any]) -> Any:
        engine = self.twin.ground.engine
        problem = engine.counts[self.twin.slug].problem
        told = {"last_error_message": problem, "last_error_date": int(self.twin.now())} if problem else {}
        waiting = engine.pending(self.twin.slug) + len(self.twin.waiting(account))
        return {
            "url": account.hook_url,
            "has_custom_certificate": False,
            "pending_update_count": waiting,
            **told,
        }

    async def _get_updates(self, account: Account, asked: dict[str, Any]) -> Any:
        if account.hook_url:
            description = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
            raise Wrong(409, f"{description} to delete the webhook first")
        self._allow(account, asked)
        account.kept["asked_at"] = self.twin.now()
        offset = int(asked.get("offset") or 0)
        kept = self.twin.waiting(account)
        account.kept["updates"] = [one for one in kept if one["update"]["update_id"] >= offset]
        self.twin.talks.keep(account)
        patience = min(float(asked.get("timeout") or 0), LONGEST_WAIT_S)
        while not account.kept["updates"] and patience > 0:
            await asyncio.sleep(LOOK_EVERY_S)
            patience -= LOOK_EVERY_S
        limit = max(1, min(int(asked.get("limit") or 100), 100))
        return [one["update"] for one in account.kept["updates"][:limit]]

    # ── messages ──

    def _direct(self, account: Account, asked: dict[str, Any], what: str) -> Direct:
        direct = self.twin.talks.directs.get(f"{asked.get('chat_id')}:{asked.get('message_id')}")
        if direct is None or direct.removed or direct.account != account.id:
            raise Wrong(400, f"Bad Request: message to {what} not found")
        return direct

    async def _edit(self, account: Account, asked: dict[str, Any]) -> Any:
        direct, text = self._direct(account, asked, "edit"), str(asked.get("text") or "")
        if not direct.from_page:
            raise Wrong(400, "Bad Request: message can't be edited")
        sending.check_text(text)
        if text == direct.text:
            raise Wrong(400, "Bad Request: message is not modified")
        acts.edit(self.twin, direct, text=text, by_account=True)
        return self.twin.as_message(direct)

    async def _delete(self, account: Account, asked: dict[str, Any]) -> Any:
        direct = self._direct(account, asked, "delete")
        if self.twin.now() - direct.at > DELETED_WITHIN_S:
            raise Wrong(400, "Bad Request: message can't be deleted for everyone")
        acts.remove(self.twin, direct, by_account=True)
        return True

    async def _react(self, account: Account, asked: dict[str, Any]) -> Any:
        direct = self._direct(account, asked, "react")
        reactions = asked.get("reaction") or []
        if not isinstance(reactions, list) or len(reactions) > 1:
            raise Wrong(400, "Bad Request: REACTION_INVALID")
        emoji = str(reactions[0].get("emoji", "")) if reactions else ""
        acts.react(self.twin, direct, by_account=True, emoji=emoji)
        return True

    async def _typing(self, account: Account, asked: dict[str, Any]) -> Any:
        handle = sending.person(self.twin, account, asked)
        conversation = self.twin.talks.conversation(account.id, handle)
        conversation.typing_until = self.twin.now() + 5
        self.twin.talks.keep(conversation)
        return True

    async def _answer_callback(self, account: Account, asked: dict[str, Any]) -> Any:
        if not self.twin.heard_press(account, str(asked.get("callback_query_id"))):
            raise Wrong(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        return True

    # ── files and people ──

    async def _get_file(self, account: Account, asked: dict[str, Any]) -> Any:
        id = str(asked.get("file_id") or "")
        path = path_of(id)
        content = sending.content_of(self.twin, path) if path else None
        if content is None:
            raise Wrong(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > LARGEST_FILE:
            raise Wrong(400, "Bad Request: file is too big")
        return {"file_id": id, "file_unique_id": id[:16], "file_size": len(content), "file_path": path}

    async def _get_chat(self, account: Account, asked: dict[str, Any]) -> Any:
        handle = sending.person(self.twin, account, asked)
        user = self.twin.user(handle)
        names = {key: user[key] for key in ("first_name", "last_name") if key in user}
        types = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
        return {"id": user["id"], "type": "private", **names, **types}


GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _plain(call: Call) -> dict[str, Any]:
    """Fields of a form hold lists and objects as JSON."""
    return {name: _read(value) for name, value in call.body.items()}


def _read(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

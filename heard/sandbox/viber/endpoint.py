"""Viber's REST API. Errors come with HTTP 200 and a status of the network's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
from starlette.requests import Request
from starlette.responses import Response

from heard.channels.viber import simulator as wording
from heard.sandbox.answers import Json
from heard.sandbox.delivery.faults import Faults
from heard.sandbox.fetching import NotThere, fetched, is_here
from heard.sandbox.talks.endpoint import Call, Endpoint
from heard.sandbox.talks.things import Account
from heard.sandbox.viber.sending import BadMessage, send

if TYPE_CHECKING:
    from heard.sandbox.viber.twin import Viber

EVENT_TYPES = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")
DETAILS_EVERY_S, DETAILS_AT_MOST = 12 * 3600, 2
STATUSES = {
    1: "invalidUrl",
    2: "invalidAuthToken",
    3: "badData",
    4: "missingData",
    5: "receiverNotRegistered",
    6: "receiverNotSubscribed",
    7: "publicAccountBlocked",
    12: "tooManyRequests",
    23: "freeMessagesExceeded",
}
Method = Callable[[Account, Call], Awaitable[dict[str, Any]]]


def refused(status: int, message: str = "") -> dict[str, Any]:
    return {"status": status, "status_message": message or STATUSES[status], "chat_hostname": wording.HOST}


class BotApi(Endpoint):
    twin: Viber

    def __init__(self, twin: Viber) -> None:
        super().__init__(twin)
        self._methods: dict[str, Method] = {
            "set_webhook": self._set_webhook,
            "get_account_info": self._account,
            "get_user_details": self._user_details,
            "get_online": self._online,
            "send_message": self._send_message,
            "broadcast_message": self._broadcast,
        }

    def path(self, request: Request) -> str:
        return request.url.path

    def changes(self, call: Call) -> bool:
        return call.path.endswith(("/send_message", "/broadcast_message"))

    def not_json(self) -> Response:
        return Json(refused(3, "The request body is not JSON"))

    def refusal(self, fault: int | str, faults: Faults) -> Response:
        if fault == 500:
            return Response("Internal Server Error", status_code=500)
        status = {429: 12, "token_expired": 2, "window": 23, "blocked": 6, "permission": 7}[fault]
        return Json(refused(status))

    async def outcome(self, call: Call, request: Request) -> Response:
        token = call.headers.get("x-viber-auth-token") or str(call.body.get("auth_token", ""))
        account = self.twin.talks.account_by_token(token)
        if account is None:
            return Json(refused(2))
        method = self._methods.get(request.path_params["method"])
        if method is None:
            return Response("Not found", status_code=404)
        return Json(await method(account, call))

    # ── methods ──

    async def _set_webhook(self, account: Account, call: Call) -> dict[str, Any]:
        url = call.body.get("url")
        if not isinstance(url, str):
            return refused(4, "url is missing")
        wanted = call.body.get("event_types", EVENT_TYPES)
        if not isinstance(wanted, list | tuple):
            return refused(3, "event_types is not a list")
        if url and not await self._answers(account, url):
            return refused(1)
        account.hook_url = url
        account.kept["event_types"] = [*wanted, "subscribed", "unsubscribed"]
        self.twin.talks.keep(account)
        return {**OK, "event_types": list(wanted)}

    async def _answers(self, account: Account, url: str) -> bool:
        """A hook that does not answer its first event is none."""
        body = wording.event("webhook", at_ms=self.twin.ground.clock.ms(), token=self.twin.new_token_number())
        before, account.hook_url = account.hook_url, url
        call = self.twin.signed(account, wording.encode(body))
        account.hook_url = before
        try:
            return await self.twin.ground.engine.post(call) == 200
        except (httpx2.TransportError, httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError):
            return False

    async def _account(self, account: Account, call: Call) -> dict[str, Any]:
        talks = self.twin.talks
        subscribers = [one for one in talks.conversations.values() if one.account == account.id]
        hooks = {"webhook": account.hook_url, "event_types": account.kept.get("event_types", [])}
        return {
            **OK,
            "id": account.id,
            "name": account.name,
            "uri": account.name.lower().replace(" ", ""),
            "icon": self.twin.picture(account),
            "category": "Companies, Brands & Products",
            "subcategory": "Home",
            "country": "CZ",
            **(hooks if account.hook_url else {}),
            "subscribers_count": sum(bool(one.kept.get("subscribed")) for one in subscribers),
            "members": [],
        }

    async def _user_details(self, account: Account, call: Call) -> dict[str, Any]:
        handle = self.twin.talks.handle(account.id, str(call.body.get("id", "")))
        if handle is None:
            return refused(5)
        conversation = self.twin.talks.conversation(account.id, handle)
        now = self.twin.now()
        asked = [at for at in conversation.kept.get("details", []) if at > now - DETAILS_EVERY_S]
        if len(asked) >= DETAILS_AT_MOST:
            return refused(12)
        conversation.kept["details"] = [*asked, now]
        person = self.twin.ground.cast.person(handle)
        shown = wording.user(
            self.twin.talks.address(account.id, handle),
            name=person.name,
            avatar=self.twin.link(f"person/{handle}.png"),
            language=person.language,
        )
        device = {"primary_device_os": "android 15", "viber_version": "24.3.0", "device_type": "phone"}
        return {**OK, "message_token": self.twin.new_token_number(), "user": {**shown, **device}}

    async def _online(self, account: Account, call: Call) -> dict[str, Any]:
        ids = call.body.get("ids")
        if not isinstance(ids, list) or len(ids) > 100:
            return refused(3)
        users = [{"id": id, "online_status": 0, "online_status_message": "online"} for id in ids]
        return {**OK, "users": users}

    async def _send_message(self, account: Account, call: Call) -> dict[str, Any]:
        copy = await self._copied(call.body)
        try:
            with self.twin.ground.storage.together():
                direct = send(self.twin, account, call.body, call.body.get("receiver"), copy=copy)
        except BadMessage as bad:
            return refused(bad.status, bad.sentence)
        token = int(direct.id)
        return {**OK, "message_token": token, "chat_hostname": wording.HOST, "billing_status": 1}

    async def _copied(self, body: dict[str, Any]) -> str | None:
        """None where there is nothing to fetch; empty where the address gave nothing."""
        url = str(body.get("media") or "")
        if body.get("type") == "url" or not is_here(url):
            return None
        try:
            content = await fetched(url)
        except NotThere:
            return ""
        return self.twin.talks.upload(
            content, str(body.get("file_name") or urlsplit(url).path.rpartition("/")[2])
        )

    async def _broadcast(self, account: Account, call: Call) -> dict[str, Any]:
        receivers = call.body.get("broadcast_list")
        if not isinstance(receivers, list) or len(receivers) > 300:
            return refused(3)
        failed = []
        for receiver in receivers:
            try:
                send(self.twin, account, call.body, receiver)
            except BadMessage as bad:
                failed.append({"receiver": receiver, **refused(bad.status, bad.sentence)})
        return {**OK, "message_token": self.twin.new_token_number(), "failed_list": failed}


OK = {"status": 0, "status_message": "ok"}

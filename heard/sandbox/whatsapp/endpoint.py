"""WhatsApp's part of the Graph API: numbers, business accounts, templates, files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from heard.channels.whatsapp.simulator import PRODUCT
from heard.sandbox.answers import Json
from heard.sandbox.delivery.faults import Faults
from heard.sandbox.meta.graph import errors
from heard.sandbox.meta.graph.app_calls import shake_hands
from heard.sandbox.meta.graph.errors import GraphError
from heard.sandbox.talks import files
from heard.sandbox.talks.endpoint import Call, Endpoint
from heard.sandbox.talks.things import Account
from heard.sandbox.whatsapp import sending
from heard.sandbox.whatsapp.people import ids
from heard.sandbox.whatsapp.refusals import Refused, of_graph

if TYPE_CHECKING:
    from heard.sandbox.whatsapp.twin import WhatsApp

SUCCESS = {"success": True}
SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"]
LARGEST = {"image": 5 << 20, "audio": 16 << 20, "video": 16 << 20, "application": 100 << 20}
FORCED = {"window": 131047, "blocked": 131026, 429: 130429}
Method = Callable[[Account, Call], Awaitable[Any]]


class CloudApi(Endpoint):
    twin: WhatsApp

    def __init__(self, twin: WhatsApp) -> None:
        super().__init__(twin)
        self._of_number: dict[tuple[str, str], Method] = {
            ("GET", ""): self._number,
            ("POST", ""): self._configure,
            ("POST", "messages"): self._messages,
            ("POST", "media"): self._upload,
            ("POST", "register"): self._register,
        }
        self._of_business: dict[tuple[str, str], Method] = {
            ("GET", ""): self._business,
            ("GET", "phone_numbers"): self._numbers,
            ("GET", "subscribed_apps"): self._apps,
            ("POST", "subscribed_apps"): self._subscribe,
            ("DELETE", "subscribed_apps"): self._unsubscribe,
            ("GET", "message_templates"): self._templates,
            ("POST", "message_templates"): self._new_template,
        }

    def path(self, request: Request) -> str:
        return request.url.path

    def changes(self, call: Call) -> bool:
        return call.method == "POST" and call.path.endswith("/messages") and "status" not in call.body

    def not_json(self) -> Response:
        return of_graph(errors.wrong("The body is not JSON."))

    def refusal(self, fault: int | str, faults: Faults) -> Response:
        if fault == 500:
            return of_graph(errors.broken())
        if fault == "token_expired":
            return of_graph(errors.expired("Saturday, 21-Nov-26 12:00:00 UTC"))
        if fault == "permission":
            return of_graph(errors.no_permission(SCOPES[0]))
        answer = Refused(FORCED[fault], "forced", status=429 if fault == 429 else 400).answer()
        if fault == 429:
            answer.headers["Retry-After"] = str(faults.retry_after)
        return answer

    async def outcome(self, call: Call, request: Request) -> Response:
        try:
            return Json(await self._outcome(call, request))
        except Refused as refused:
            return refused.answer()
        except GraphError as error:
            return of_graph(error)

    async def _outcome(self, call: Call, request: Request) -> Any:
        account = self._account(request)
        id, edge = self.twin.steps(request.url.path)
        if id == "debug_token":
            return {"data": {"is_valid": True, "type": "SYSTEM_USER", "expires_at": 0, "scopes": SCOPES}}
        if id in (account.id, account.kept["waba"]):
            methods = self._of_number if id == account.id else self._of_business
            method = methods.get((call.method, edge))
            if method is not None:
                return await method(account, call)
        elif not edge and call.method == "GET":
            return self._media(account, id)
        raise errors.gone(id, call.method)

    def _account(self, request: Request) -> Account:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        account = self.twin.talks.account_by_token(token)
        if account is None:
            raise errors.revoked()
        return account

    # ── one number ──

    async def _number(self, account: Account, call: Call) -> Any:
        return {
            "id": account.id,
            "display_phone_number": f"+{account.kept['number']}",
            "verified_name": account.name,
            "quality_rating": "GREEN",
            "webhook_configuration": {"phone_number": account.hook_url},
        }

    async def _configure(self, account: Account, call: Call) -> Any:
        wanted = call.body.get("webhook_configuration")
        if not isinstance(wanted, dict):
            raise errors.wrong("webhook_configuration is missing")
        await self._hook(account, wanted)
        return SUCCESS

    async def _hook(self, account: Account, wanted: dict[str, Any]) -> None:
        url = str(wanted.get("override_callback_uri") or "")
        if url and (problem := await shake_hands(url, str(wanted.get("verify_token") or ""))):
            sentence = f"(#2200) Callback verification failed with the following errors: {problem}"
            raise GraphError(sentence, code=2200)
        account.hook_url = url
        self.twin.talks.keep(account)
        self.twin.ground.engine.hurry(self.twin.slug)

    async def _register(self, account: Account, call: Call) -> Any:
        return SUCCESS

    async def _messages(self, account: Account, call: Call) -> Any:
        body = call.body
        if body.get("status") == "read":
            return self._seen(account, str(body.get("message_id", "")))
        if body.get("type") == "reaction":
            sending.react(self.twin, account, body)
            return {**PRODUCT, "messages": [{"id": self.twin.direct_id(account, "")}]}
        direct = sending.send(self.twin, account, body)
        who = ids(account, self.twin.talks.conversation(account.id, direct.handle))
        known = {"wa_id": who.shown} if who.shown else {}
        contact = {"input": body.get("to") or body.get("recipient"), **known, "user_id": who.user_id}
        taken = {"id": direct.id, "message_status": "accepted"}
        return {**PRODUCT, "contacts": [contact], "messages": [taken]}

    def _seen(self, account: Account, id: str) -> Any:
        direct = self.twin.talks.directs.get(id)
        if direct is None:
            raise Refused(131009, "The message is not there.")
        conversation = self.twin.talks.conversation(account.id, direct.handle)
        conversation.seen_to = max(conversation.seen_to, direct.at)
        self.twin.talks.keep(conversation)
        return SUCCESS

    # ── files ──

    async def _upload(self, account: Account, call: Call) -> Any:
        if "file" not in call.files or call.body.get("messaging_product") != "whatsapp":
            raise errors.wrong("file and messaging_product are required")
        name, content = call.files["file"]
        kind = str(call.body.get("type") or "")
        if len(content) > LARGEST.get(kind.partition("/")[0], LARGEST["application"]):
            raise Refused(131053, "Media upload error: the file is too large.")
        id = str(self.twin.talks.number())
        account.kept["uploads"][id] = self.twin.talks.upload(content, name)
        self.twin.talks.keep(account)
        return {"id": id}

    def _media(self, account: Account, id: str) -> Any:
        path = self.twin.path_of(account, id)
        content = files.content(self.twin.talks, path) if path else None
        if content is None:
            raise errors.gone(id, "GET")
        return {
            **PRODUCT,
            "id": id,
            "url": self.twin.download_url(id),
            "mime_type": files.type_of(content),
            "file_size": len(content),
        }

    # ── the business account ──

    async def _business(self, account: Account, call: Call) -> Any:
        return {"id": account.kept["waba"], "name": account.name, "currency": "EUR"}

    async def _numbers(self, account: Account, call: Call) -> Any:
        return {"data": [await self._number(account, call)]}

    async def _apps(self, account: Account, call: Call) -> Any:
        app = {"whatsapp_business_api_data": {"id": account.kept["app"], "name": "Heard"}}
        return {"data": [app] if account.kept.get("subscribed") else []}

    async def _subscribe(self, account: Account, call: Call) -> Any:
        if call.body.get("override_callback_uri"):
            await self._hook(account, call.body)
        account.kept["subscribed"] = True
        self.twin.talks.keep(account)
        return SUCCESS

    async def _unsubscribe(self, account: Account, call: Call) -> Any:
        account.kept["subscribed"], account.hook_url = False, ""
        self.twin.talks.keep(account)
        return SUCCESS

    async def _templates(self, account: Account, call: Call) -> Any:
        wanted = call.body.get("status")
        found = [one for one in account.kept["templates"] if wanted in (None, one["status"])]
        return {"data": found, "paging": {}}

    async def _new_template(self, account: Account, call: Call) -> Any:
        name, components = call.body.get("name"), call.body.get("components")
        if not isinstance(name, str) or not isinstance(components, list):
            raise errors.wrong("name and components are required")
        language, category = call.body.get("language", "en"), call.body.get("category", "UTILITY")
        told = {"name": name, "language": language, "category": category, "components": components}
        account.kept["templates"].append({**told, "status": "PENDING"})
        self.twin.talks.keep(account)
        return {"id": str(self.twin.talks.number()), "status": "PENDING", "category": category}

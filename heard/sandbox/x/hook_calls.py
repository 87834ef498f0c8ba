"""The app's hooks, and which events it wants to hear of."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from heard.channels.x.simulator import moment, problem
from heard.sandbox import certificates
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.x.caller import Caller
from heard.sandbox.x.refusals import Refused, forbidden, invalid
from heard.sandbox.x.things import Subscription, Webhook

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

HANDSHAKE_S = 10
EVENTS = {
    "post.create",
    "post.delete",
    "post.mention.create",
    "post.reply.create",
    "post.quote.create",
    "post.repost.create",
    "like.create",
    "follow.follow",
    "dm.received",
    "dm.sent",
    "dm.read",
    "dm.indicate_typing",
    "chat.received",
    "chat.sent",
}
PRIVATE = ("dm.", "like.", "chat.", "post.mention")


def _app_only(caller: Caller) -> None:
    if caller.account is not None:
        raise forbidden("This endpoint needs OAuth 2.0 Application-Only.", "unsupported-authentication")


def _webhook(hook: Webhook) -> dict[str, Any]:
    return {"id": hook.id, "url": hook.url, "valid": hook.valid, "created_at": moment(hook.created_at)}


def listed(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    _app_only(caller)
    hooks = [_webhook(hook) for hook in twin.held.webhooks.values()]
    return {"data": hooks, "meta": {"result_count": len(hooks)}}


async def create(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    _app_only(caller)
    url = str(call.body.get("url", ""))
    if not _may_be_called(url):
        raise _failed("UrlValidationFailed", "The url must be https and have no port.")
    if any(hook.url == url for hook in twin.held.webhooks.values()):
        raise _failed("DuplicateUrlFailed", "This url is already a webhook.")
    await _handshake(twin, url)
    if len(twin.held.webhooks) >= twin.most_webhooks:
        raise _failed("WebhookLimitExceeded", "There is no room for another webhook.")
    hook = Webhook(twin.held.new_id(), url, created_at=twin.now())
    twin.held.add(hook)
    return {"data": _webhook(hook)}


async def check(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    """Tries the handshake again."""
    _app_only(caller)
    hook = _found(twin, id)
    await _handshake(twin, hook.url)
    hook.valid = True
    twin.held.keep(hook)
    return {"data": {"valid": True}}


def delete(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    _app_only(caller)
    hook = _found(twin, id)
    twin.held.forget(hook)
    for one in [one for one in twin.held.subscriptions.values() if one.webhook == id]:
        twin.held.forget(one)
        _hear(twin, one.account)
    return {"data": {"deleted": True}}


def _found(twin: XTwin, id: str) -> Webhook:
    if id not in twin.held.webhooks:
        raise Refused(404, problem(404, "Not Found Error", "There is no such webhook.", "resource-not-found"))
    return twin.held.webhooks[id]


def _may_be_called(url: str) -> bool:
    """X wants https and no port. The sandbox also calls this machine, as there is nothing else to call."""
    parts = urlsplit(url)
    return parts.hostname in ("127.0.0.1", "localhost") or (
        parts.scheme == "https" and ":" not in parts.netloc
    )


async def _handshake(twin: XTwin, url: str) -> None:
    """Raises Refused unless the hook shows that it has the API key secret."""
    token = secrets.token_urlsafe(24)
    made = hmac.new(twin.held.app.api_secret.encode(), token.encode(), hashlib.sha256).digest()
    right = "sha256=" + base64.b64encode(made).decode()
    try:
        async with httpx2.AsyncClient(
            timeout=HANDSHAKE_S, verify=certificates.known(), trust_env=False
        ) as client:
            answer = await client.get(url, params={"crc_token": token})
            said = answer.json() if answer.status_code == 200 else {}
    except (httpx2.TransportError, httpx2.InvalidURL, ValueError):
        said = {}
    if not isinstance(said, dict) or said.get("response_token") != right:
        raise _failed("CrcValidationFailed", "The hook did not answer the challenge rightly.")


def _failed(reason: str, detail: str) -> Refused:
    said = invalid(f"{reason}: {detail}", "url")
    return Refused(400, {**said.body, "detail": f"{reason}: {detail}"})


def replay(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    """Sends again what happened between two minutes."""
    _app_only(caller)
    _found(twin, str(call.body.get("webhook_id", "")))
    since, until = (_minute(str(call.body.get(name, "")), name) for name in ("from_date", "to_date"))
    again = [one for one in twin.past if since <= one[0] < until]
    for _, account, body, lane in again:
        twin.tell(account, body, lane=f"{lane} again")
    return {"data": {"job_id": twin.held.new_id(), "created_at": moment(twin.now())}}


def _minute(text: str, name: str) -> float:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise invalid(f"{name} is yyyymmddhhmm", name) from None


# ── the old subscriptions ──


def subscribe_old(twin: XTwin, caller: Caller, call: Call, webhook: str) -> dict[str, Any]:
    """Everything that happens to the account whose token calls."""
    if caller.account is None:
        raise forbidden("This endpoint needs the user's own authorization.", "unsupported-authentication")
    account = caller.account
    account.kept["old_webhook"] = account.hook_url = _found(twin, webhook).url
    twin.talks.keep(account)
    return {"data": {"subscribed": True}}


def unsubscribe_old(twin: XTwin, caller: Caller, call: Call, webhook: str, user: str) -> dict[str, Any]:
    _app_only(caller)
    account = twin.talks.accounts.get(user)
    if account is None:
        raise invalid("There is no such user.", "user_id")
    account.kept.pop("old_webhook", None)
    _hear(twin, account.id)
    return {"data": {"subscribed": False}}


# ── subscriptions ──


def _subscription(one: Subscription) -> dict[str, Any]:
    watched = {"user_id": one.account} | ({"direction": one.direction} if one.direction else {})
    return {
        "subscription_id": one.id,
        "event_type": one.event_type,
        "filter": watched,
        "tag": one.tag,
        "webhook_id": one.webhook,
    }


def subscriptions(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    _app_only(caller)
    found = [_subscription(one) for one in twin.held.subscriptions.values()]
    return {"data": found, "meta": {"total_subscriptions": len(found)}}


def subscribe(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    event_type, watched = str(call.body.get("event_type", "")), call.body.get("filter")
    if event_type not in EVENTS or not isinstance(watched, dict):
        raise invalid("event_type or filter is not valid", "event_type")
    account = twin.talks.accounts.get(str(watched.get("user_id", "")))
    webhook = twin.held.webhooks.get(str(call.body.get("webhook_id", "")))
    if account is None or webhook is None:
        raise invalid("There is no such user or webhook.", "filter")
    if event_type.startswith(PRIVATE) and (caller.account is None or caller.account.id != account.id):
        raise forbidden("Private events need the user's own authorization.", "client-forbidden")
    made = Subscription(
        twin.held.new_id(),
        event_type,
        account.id,
        webhook.id,
        str(call.body.get("tag", "")),
        str(watched.get("direction", "")),
    )
    if any(_same(one, made) for one in twin.held.subscriptions.values()):
        said = problem(
            400, "DuplicateSubscriptionFailed", "Duplicate subscription.", "duplicate-subscription"
        )
        raise Refused(400, said)
    twin.held.add(made)
    _hear(twin, account.id)
    return {"data": {"subscription": _subscription(made)}}


def _same(one: Subscription, other: Subscription) -> bool:
    return (one.event_type, one.account, one.direction) == (other.event_type, other.account, other.direction)


def unsubscribe(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    found = twin.held.subscriptions.get(id)
    if found is None:
        raise Refused(
            404, problem(404, "Not Found Error", "There is no such subscription.", "resource-not-found")
        )
    twin.held.forget(found)
    _hear(twin, found.account)
    return {"data": {"deleted": True}}


def _hear(twin: XTwin, account_id: str) -> None:
    """The account's events go where the newest of its subscriptions points."""
    account = twin.talks.accounts[account_id]
    mine = [one for one in twin.held.subscriptions.values() if one.account == account_id]
    old = account.kept.get("old_webhook", "")
    account.hook_url = twin.held.webhooks[mine[-1].webhook].url if mine else old
    twin.talks.keep(account)

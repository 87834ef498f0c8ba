"""Which events X calls us for: one hook of the app, one subscription per event and account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heard.channels.contract import Problem, Rejected, Wire
from heard.channels.fields import as_aside, as_mapping
from heard.channels.x.api import Api
from heard.channels.x.asking import items
from heard.channels.x.credentials import XCredentials
from heard.channels.x.payloads import id_in

EVENTS: Final = (
    "post.create",
    "post.delete",
    "post.mention.create",
    "post.reply.create",
    "post.quote.create",
    "post.repost.create",
    "like.create",
    "dm.received",
    "dm.sent",
    "dm.read",
    "chat.received",
)
_SUBSCRIPTIONS: Final = ("activity", "subscriptions")
NO_ROOM: Final = "WebhookLimitExceeded"
OUR_PATH: Final = "/hooks/x/"
KEPT_FOR: Final = timedelta(days=1)  # how long X remembers what it told us (unconfirmed)


def subscribe(wire: Wire[Any], *, hook_url: str) -> None:
    """X calls `hook_url` with a challenge before this returns."""
    subscribe_at_one(wire, hook_urls=[hook_url])


def subscribe_at_one(wire: Wire[Any], *, hook_urls: Sequence[str]) -> None:
    """An app has few hooks, perhaps one, so its accounts share it."""
    if not wire.credentials.by_hooks:
        return
    hook, user = _hook(wire, hook_urls), Api(wire)
    there = set(_pointing_to(wire, hook))
    for event in EVENTS:
        if event not in there:
            _add(user, event, hook)


def unsubscribe(wire: Wire[Any]) -> None:
    """The app's hook stays: other accounts may use it."""
    if not wire.credentials.by_hooks:
        return
    api = Api(wire)
    for one in _ours(wire):
        if id := id_in(one, "subscription_id", "id"):
            api.change("DELETE", *_SUBSCRIPTIONS, id)


def is_subscribed(wire: Wire[Any]) -> bool | None:
    """Do we hear of everything? None where X does not say, or where we ask instead of being told."""
    if not wire.credentials.by_hooks:
        return None
    try:
        valid = {
            id_in(hook, "id") for hook in items(Api(wire, as_app=True).read("webhooks")) if hook.get("valid")
        }
        heard = {as_aside(one.get("event_type")) for one in _ours(wire) if id_in(one, "webhook_id") in valid}
    except Rejected:
        return None
    return set(EVENTS) <= heard


def callback_of(credentials: XCredentials) -> str:
    """One address for all accounts of an app, and an app has one secret. The secret itself shows nowhere."""
    if not credentials.by_hooks or credentials.api_secret is None:
        return ""
    return f"x {hashlib.sha256(credentials.api_secret.get_secret_value().encode()).hexdigest()[:16]}"


def replay(wire: Wire[Any], *, since: datetime, until: datetime) -> None:
    """X calls again with what it told the app's hooks, as far back as it keeps that."""
    if not wire.credentials.by_hooks:
        return
    api, hooks = Api(wire, as_app=True), {id_in(one, "webhook_id") for one in _ours(wire)}
    since = max(since, until - KEPT_FOR)
    # X counts whole minutes, and the last one is not in it.
    minutes = {"from_date": _minute(since), "to_date": _minute(until + timedelta(minutes=1))}
    for hook in sorted(hooks - {""}):
        api.change("POST", "webhooks", "replay", json={"webhook_id": hook, **minutes})


def _minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M")


def _hook(wire: Wire[Any], urls: Sequence[str]) -> str:
    """The id of the app's hook at one of these addresses, one that lives before others.

    A dead one is tried again; where there is none, the first is made.
    """
    api = Api(wire, as_app=True)
    there = [hook for hook in items(api.read("webhooks")) if as_aside(hook.get("url")) in urls]
    for hook in sorted(there, key=lambda hook: not hook.get("valid")):
        if hook.get("valid") or _answers(api, hook):
            return id_in(hook, "id")
    try:
        return _make(api, urls[0])
    except Rejected as rejected:
        if NO_ROOM not in rejected.reason:
            raise
    _make_room(wire)
    return _make(api, urls[0])


def _answers(api: Api, hook: Mapping[str, Any]) -> bool:
    """A hook whose inbox is gone answers no more. One at our own address is an error like any other."""
    try:
        api.change("PUT", "webhooks", id_in(hook, "id"))
    except Rejected:
        return False
    return True


def _make_room(wire: Wire[Any]) -> None:
    """Ends hooks of Heard that nothing goes to any more: of an inbox that is gone, or from before it moved."""
    api = Api(wire, as_app=True)
    for one in _ours(wire):
        if id := id_in(one, "subscription_id", "id"):
            api.change("DELETE", *_SUBSCRIPTIONS, id)
    used = {id_in(one, "webhook_id") for one in items(api.read(*_SUBSCRIPTIONS))}
    for hook in items(api.read("webhooks")):
        if OUR_PATH in as_aside(hook.get("url")) and id_in(hook, "id") not in used:
            api.change("DELETE", "webhooks", id_in(hook, "id"))


def _make(api: Api, url: str) -> str:
    made = as_mapping(api.change("POST", "webhooks", json={"url": url}).values.get("data"))
    if not id_in(made, "id"):
        raise Rejected("X made the hook and gave it no id.", problem=Problem.INVALID)
    return id_in(made, "id")


def _add(api: Api, event: str, hook: str) -> None:
    wish: dict[str, Any] = {
        "event_type": event,
        "filter": {"user_id": api.account},
        "tag": api.account,
        "webhook_id": hook,
    }
    if event == "like.create":
        wish["filter"]["direction"] = "inbound"
    try:
        api.change("POST", *_SUBSCRIPTIONS, json=wish)
    except Rejected as rejected:
        if rejected.problem is not Problem.DUPLICATE and not rejected.code.startswith("duplicate"):
            raise


def _pointing_to(wire: Wire[Any], hook: str) -> Iterator[str]:
    """The events that come to this hook. Those that went to another one, as before Heard moved, are ended."""
    api = Api(wire, as_app=True)
    for one in _ours(wire):
        if id_in(one, "webhook_id") == hook:
            yield as_aside(one.get("event_type"))
        elif id := id_in(one, "subscription_id", "id"):
            api.change("DELETE", *_SUBSCRIPTIONS, id)


def _ours(wire: Wire[Any]) -> list[Mapping[str, Any]]:
    account = wire.credentials.account
    listed = items(Api(wire, as_app=True).read(*_SUBSCRIPTIONS))
    return [one for one in listed if id_in(as_mapping(one.get("filter")), "user_id") == account]

"""Which events X calls us for: one hook of the app, one subscription per event and account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from heard.channels.contract import Problem, Rejected, Wire
from heard.channels.fields import as_aside, as_mapping
from heard.channels.x.api import Api
from heard.channels.x.asking import items
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


def subscribe(wire: Wire[Any], *, hook_url: str) -> None:
    """X calls `hook_url` with a challenge before this returns."""
    if not wire.credentials.by_hooks:
        return
    hook = _hook(Api(wire, as_app=True), hook_url)
    user = Api(wire)
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


def _hook(api: Api, url: str) -> str:
    """The id of the app's hook at this address, made where there is none, tried again where it is dead."""
    for hook in items(api.read("webhooks")):
        if as_aside(hook.get("url")) == url:
            if not hook.get("valid"):
                api.change("PUT", "webhooks", id_in(hook, "id"))
            return id_in(hook, "id")
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

"""The number that we are connected to, and whether WhatsApp calls us about it."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Account, ReconnectNeeded, Rejected, Wire
from heard.channels.fields import as_aside, as_flag, as_id, as_list, as_mapping, as_time
from heard.channels.meta.graph import Graph
from heard.channels.whatsapp.calls import graph_of
from heard.channels.whatsapp.credentials import WhatsAppCredentials


def inspect(wire: Wire[Any]) -> Account:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    credentials: WhatsAppCredentials = wire.credentials
    graph = graph_of(wire)
    said = graph.read(credentials.account, params={"fields": "id,display_phone_number,verified_name"})
    token = _token(graph, credentials)
    if as_flag(token.get("is_valid")) is False:
        raise ReconnectNeeded("Meta says that the access token is no longer valid.")
    expires, scopes = token.get("expires_at"), token.get("scopes")
    return Account(
        as_id(said.get("id")),
        name=as_aside(said.get("verified_name")) or as_aside(said.get("display_phone_number")),
        scopes=frozenset(map(as_aside, as_list(scopes))) if scopes is not None else None,
        expires_at=as_time(expires) if expires else None,  # 0 means never
        subscribed=_subscribed(graph, credentials),
    )


def subscribe(wire: Wire[Any], *, hook_url: str) -> None:
    """WhatsApp calls `hook_url` with a challenge before this returns.

    Both for the account and for the number: numbers of one account may be connected to different places.
    """
    credentials: WhatsAppCredentials = wire.credentials
    graph = graph_of(wire)
    callback = {
        "override_callback_uri": hook_url,
        "verify_token": credentials.verify_token.get_secret_value(),
    }
    graph.change("POST", credentials.business_account, "subscribed_apps", json=callback)
    graph.change("POST", credentials.account, json={"webhook_configuration": callback})


def unsubscribe(wire: Wire[Any]) -> None:
    """The account's subscription stays as long as it has other numbers: they may be connected, too."""
    credentials: WhatsAppCredentials = wire.credentials
    graph = graph_of(wire)
    graph.change("POST", credentials.account, json={"webhook_configuration": {"override_callback_uri": ""}})
    numbers = as_list(graph.read(credentials.business_account, "phone_numbers").get("data"))
    if {as_aside(as_mapping(one).get("id")) for one in numbers} <= {credentials.account}:
        graph.change("DELETE", credentials.business_account, "subscribed_apps")


def _token(graph: Graph, credentials: WhatsAppCredentials) -> dict[str, Any]:
    asked = {"input_token": credentials.access_token.get_secret_value()}
    try:
        return dict(as_mapping(graph.read("debug_token", params=asked).get("data")))
    except Rejected:
        return {}  # not every token may ask about itself


def _subscribed(graph: Graph, credentials: WhatsAppCredentials) -> bool | None:
    try:
        return bool(as_list(graph.read(credentials.business_account, "subscribed_apps").get("data")))
    except Rejected:
        return None

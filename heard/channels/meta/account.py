"""What Meta says of the page that we are connected to."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from heard.channels.contract import Account, ReconnectNeeded, Rejected, Wire
from heard.channels.fields import as_aside, as_flag, as_id, as_list, as_mapping, as_time, as_url
from heard.channels.meta.credentials import MetaCredentials
from heard.channels.meta.graph import Graph
from heard.channels.meta.subscriptions import app_graph, page_graph, subscribed_fields


def inspect(wire: Wire[Any], fields: Set[str]) -> Account:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    credentials: MetaCredentials = wire.credentials
    page = page_graph(wire)
    said = page.read(credentials.account, params={"fields": "id,name,picture"})
    token = _token(wire, credentials)
    # Only an answer of `False` counts: an app without the right to ask learns nothing about the token.
    if as_flag(token.get("is_valid")) is False:
        raise ReconnectNeeded("Meta says that the page's token is no longer valid.")
    scopes = token.get("scopes")
    expires = token.get("expires_at")
    return Account(
        as_id(said.get("id")),
        name=as_aside(said.get("name")),
        picture_url=picture(said),
        scopes=frozenset(map(as_aside, as_list(scopes))) if scopes is not None else None,
        expires_at=as_time(expires) if expires else None,  # 0 means never
        subscribed=_subscribed(page, credentials, fields),
    )


def picture(said: Mapping[str, Any]) -> str:
    return as_url(as_mapping(as_mapping(said.get("picture")).get("data")).get("url"))


def _token(wire: Wire[Any], credentials: MetaCredentials) -> Mapping[str, Any]:
    asked = {"input_token": credentials.page_token.get_secret_value()}
    try:
        return as_mapping(app_graph(wire).read("debug_token", params=asked).get("data"))
    except Rejected:
        return {}


def _subscribed(page: Graph, credentials: MetaCredentials, fields: Set[str]) -> bool | None:
    try:
        return fields <= subscribed_fields(page, credentials)
    except Rejected:
        return None

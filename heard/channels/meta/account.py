"""What Meta says of the page that we are connected to."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from heard.channels.contract import Account, ReconnectNeeded, Rejected, Wire
from heard.channels.fields import as_aside, as_flag, as_id, as_list, as_mapping, as_time, as_url
from heard.channels.meta.credentials import MetaCredentials
from heard.channels.meta.graph import Graph
from heard.channels.meta.subscriptions import app_graph, fields_of, page_graph


def inspect(wire: Wire[Any], fields: Set[str]) -> Account:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    credentials: MetaCredentials = wire.credentials
    page = page_graph(wire)
    said = page.read(credentials.account, params={"fields": "id,name,picture"})
    token = look_at_token(app_graph(wire), credentials.page_token)
    return Account(
        as_id(said.get("id")),
        name=as_aside(said.get("name")),
        picture_url=picture(said),
        scopes=token.scopes,
        expires_at=token.expires_at,
        subscribed=is_subscribed(page, credentials.account, fields, app_id=credentials.app_id),
    )


def picture(said: Mapping[str, Any]) -> str:
    return as_url(as_mapping(as_mapping(said.get("picture")).get("data")).get("url"))


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """What Meta says of a token. None: it does not say."""

    scopes: frozenset[str] | None = None
    expires_at: datetime | None = None


def look_at_token(app: Graph, token: SecretStr) -> TokenSeen:
    """Raises TryAgain or ReconnectNeeded."""
    try:
        asked = {"input_token": token.get_secret_value()}
        said = as_mapping(app.read("debug_token", params=asked).get("data"))
    except Rejected:
        return TokenSeen()
    # Only an answer of `False` counts: an app without the right to ask learns nothing about the token.
    if as_flag(said.get("is_valid")) is False:
        raise ReconnectNeeded("Meta says that the access token is no longer valid.")
    scopes, expires = said.get("scopes"), said.get("expires_at")
    return TokenSeen(
        scopes=frozenset(map(as_aside, as_list(scopes))) if scopes is not None else None,
        expires_at=as_time(expires) if expires else None,  # 0 means never
    )


def is_subscribed(graph: Graph, node: str, fields: Set[str], *, app_id: str) -> bool | None:
    """None where we may not ask."""
    try:
        return fields <= fields_of(graph, node, app_id=app_id)
    except Rejected:
        return None

"""Which events of a page Meta sends to our app.

Two things must be on: the app's callback address, one for all its pages, and the page's list of fields.
Both channels of a page share both, so each adds its own fields and takes only its own away.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from pydantic import SecretStr

from heard.channels.contract import Wire
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.meta.credentials import MetaCredentials
from heard.channels.meta.graph import Graph

PUBLIC_FIELDS: Final = frozenset({"feed", "mention", "ratings"})
PRIVATE_FIELDS: Final = frozenset(
    {
        "messages",
        "messaging_postbacks",
        "message_deliveries",
        "message_reads",
        "message_echoes",
        "message_edits",
        "message_reactions",
        "messaging_referrals",
        "messaging_optins",
        "messaging_handovers",
        "standby",
        "messaging_policy_enforcement",
    }
)
_ALL_FIELDS: Final = PUBLIC_FIELDS | PRIVATE_FIELDS


def page_graph(wire: Wire[Any]) -> Graph:
    """Calls as the page."""
    credentials: MetaCredentials = wire.credentials
    return Graph(
        wire, base_url=credentials.base_url, token=credentials.page_token, secrets=credentials.secrets
    )


def app_graph(wire: Wire[Any]) -> Graph:
    """Calls as the app."""
    credentials: MetaCredentials = wire.credentials
    token = app_token(credentials.app_id, credentials.app_secret)
    return Graph(wire, base_url=credentials.base_url, token=token, secrets=credentials.secrets)


def app_token(app_id: str, app_secret: SecretStr) -> SecretStr:
    return SecretStr(f"{app_id}|{app_secret.get_secret_value()}")


def subscribe(wire: Wire[Any], fields: Set[str], *, hook_url: str) -> None:
    """Meta calls `hook_url` with a challenge before this returns."""
    credentials: MetaCredentials = wire.credentials
    # All fields: the address is one for both channels, and whoever comes second must not narrow it.
    call_us(
        app_graph(wire),
        credentials.app_id,
        about="page",
        fields=_ALL_FIELDS,
        hook_url=hook_url,
        verify_token=credentials.verify_token,
    )
    page = page_graph(wire)
    add_fields(page, credentials.account, fields, app_id=credentials.app_id)


def call_us(
    app: Graph, app_id: str, *, about: str, fields: Set[str], hook_url: str, verify_token: SecretStr
) -> None:
    """Sets the app's one callback address for everything that is about pages, or about Instagram."""
    callback = {
        "object": about,
        "callback_url": hook_url,
        "fields": _listed(fields),
        "include_values": "true",
        "verify_token": verify_token.get_secret_value(),
    }
    app.change("POST", app_id, "subscriptions", form=callback)


def add_fields(graph: Graph, node: str, fields: Set[str], *, app_id: str) -> None:
    """`node` is the page or the Instagram account."""
    _set_fields(graph, node, fields | fields_of(graph, node, app_id=app_id))


def unsubscribe(wire: Wire[Any], fields: Set[str]) -> None:
    """The app's callback address stays: other pages may use it."""
    credentials: MetaCredentials = wire.credentials
    take_fields_away(page_graph(wire), credentials.account, fields, app_id=credentials.app_id)


def take_fields_away(graph: Graph, node: str, fields: Set[str], *, app_id: str) -> None:
    rest = fields_of(graph, node, app_id=app_id) - fields
    if rest:
        _set_fields(graph, node, rest)
    else:
        graph.change("DELETE", node, "subscribed_apps")


def callback_of(credentials: MetaCredentials) -> str:
    """One address for all pages of an app."""
    return f"page {credentials.app_id}"


def fields_of(graph: Graph, node: str, *, app_id: str) -> frozenset[str]:
    """The fields that our app gets now. `app_id` empty: the network names no other app than ours."""
    apps = as_list(graph.read(node, "subscribed_apps").get("data"))
    ours = [as_mapping(app) for app in apps if app_id in ("", str(as_mapping(app).get("id")))]
    return frozenset(_name(field) for app in ours for field in as_list(app.get("subscribed_fields")))


def _name(field: Any) -> str:
    """Older answers give a field as an object with its version."""
    return as_aside(field) or as_aside(as_mapping(field).get("name"))


def _set_fields(graph: Graph, node: str, fields: Set[str]) -> None:
    params = {"subscribed_fields": _listed(fields)}
    graph.change("POST", node, "subscribed_apps", params=params)


def _listed(fields: Set[str]) -> str:
    return ",".join(sorted(fields - {""}))

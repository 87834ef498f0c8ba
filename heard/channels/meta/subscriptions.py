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
    callback = {
        "object": "page",
        "callback_url": hook_url,
        # All of them: the address is one for both channels, and whoever comes second must not narrow it.
        "fields": _listed(_ALL_FIELDS),
        "include_values": "true",
        "verify_token": credentials.verify_token.get_secret_value(),
    }
    app_graph(wire).change("POST", credentials.app_id, "subscriptions", form=callback)
    page = page_graph(wire)
    wanted = fields | subscribed_fields(page, credentials)
    _set_fields(page, credentials, wanted)


def unsubscribe(wire: Wire[Any], fields: Set[str]) -> None:
    """The app's callback address stays: other pages may use it."""
    credentials: MetaCredentials = wire.credentials
    page = page_graph(wire)
    rest = subscribed_fields(page, credentials) - fields
    if rest:
        _set_fields(page, credentials, rest)
    else:
        page.change("DELETE", credentials.account, "subscribed_apps")


def callback_of(credentials: MetaCredentials) -> str:
    """One address for all pages of an app."""
    return f"page {credentials.app_id}"


def subscribed_fields(page: Graph, credentials: MetaCredentials) -> frozenset[str]:
    """The fields of the page that our app gets now."""
    apps = as_list(page.read(credentials.account, "subscribed_apps").get("data"))
    ours = [as_mapping(app) for app in apps if str(as_mapping(app).get("id")) == credentials.app_id]
    return frozenset(_name(field) for app in ours for field in as_list(app.get("subscribed_fields")))


def _name(field: Any) -> str:
    """Older answers give a field as an object with its version."""
    return as_aside(field) or as_aside(as_mapping(field).get("name"))


def _set_fields(page: Graph, credentials: MetaCredentials, fields: Set[str]) -> None:
    params = {"subscribed_fields": _listed(fields)}
    page.change("POST", credentials.account, "subscribed_apps", params=params)


def _listed(fields: Set[str]) -> str:
    return ",".join(sorted(fields - {""}))

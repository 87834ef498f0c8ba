"""Connecting by signing in at Facebook: one sign-in, a choice of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import SecretStr

from heard.channels.contract import Account, Grant, Problem, Rejected
from heard.channels.fields import as_aside, as_id
from heard.channels.meta.account import picture
from heard.channels.meta.credentials import MetaApp, MetaCredentials
from heard.channels.meta.graph import Graph
from heard.channels.meta.subscriptions import app_token

DIALOG: Final = "/dialog/oauth"  # an app's `login_url` may be given with or without it


def authorize_url(app: MetaApp, rights: Iterable[str], *, redirect_uri: str, state: str) -> str:
    asked = {
        "client_id": app.app_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "response_type": "code",
    }
    if app.login_config_id:
        asked["config_id"] = app.login_config_id
    else:
        asked["scope"] = ",".join(dict.fromkeys(rights))
    return f"{app.login_url.removesuffix(DIALOG)}{DIALOG}?{urlencode(asked)}"


def grants(
    app: MetaApp, kind: type[MetaCredentials], *, code: str, redirect_uri: str, wire: Any
) -> list[Grant]:
    """One grant per page that the person may look after. Raises Rejected, TryAgain or ReconnectNeeded."""
    pages = pages_of_person(
        app, code=code, redirect_uri=redirect_uri, wire=wire, fields="id,name,access_token,tasks,picture"
    )
    return list(_granted(app, kind, pages))


def pages_of_person(
    app: MetaApp, *, code: str, redirect_uri: str, wire: Any, fields: str
) -> Iterator[Mapping[str, Any]]:
    """The pages of whoever signed in, each with a token of its own."""
    short = _exchange(wire, app, {"redirect_uri": redirect_uri, "code": code}, SecretStr(code))
    # Page tokens live as long as the token that they are made with.
    exchange = {"grant_type": "fb_exchange_token", "fb_exchange_token": short.get_secret_value()}
    person = Graph(wire, base_url=app.base_url, token=_exchange(wire, app, exchange, short))
    return person.pages("me", "accounts", params={"fields": fields})


def _exchange(wire: Any, app: MetaApp, asked: Mapping[str, str], given: SecretStr) -> SecretStr:
    """Gives one secret for a better one."""
    token = app_token(app.app_id, app.app_secret)
    graph = Graph(wire, base_url=app.base_url, token=token, secrets=[given])
    ours = {"client_id": app.app_id, "client_secret": app.app_secret.get_secret_value()}
    got = as_aside(graph.read("oauth", "access_token", params={**ours, **asked}).get("access_token"))
    if not got:
        raise Rejected("Meta gave no access token.", problem=Problem.PERMISSION)
    return SecretStr(got)


def _granted(
    app: MetaApp, kind: type[MetaCredentials], pages: Iterator[Mapping[str, Any]]
) -> Iterator[Grant]:
    for page in pages:
        page_id, token = as_id(page.get("id")), as_aside(page.get("access_token"))
        if not page_id or not token:
            continue  # a page on which the person may do nothing
        account = Account(page_id, name=as_aside(page.get("name")), picture_url=picture(page))
        credentials = kind(
            account=page_id,
            page_token=SecretStr(token),
            app_id=app.app_id,
            app_secret=app.app_secret,
            verify_token=app.verify_token,
            base_url=app.base_url,
        )
        yield Grant(account, credentials)

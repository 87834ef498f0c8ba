"""Connecting by signing in: at Instagram itself, or at Facebook with a choice of linked accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import SecretStr

from heard.channels.contract import Account, Grant, Problem, Rejected
from heard.channels.fields import as_aside, as_id, as_list, as_mapping, as_url
from heard.channels.instagram.credentials import FACEBOOK, INSTAGRAM, InstagramApp, InstagramCredentials
from heard.channels.instagram.rights import ASKED_AT_FACEBOOK, RIGHTS
from heard.channels.meta import connect
from heard.channels.meta.graph import Graph

_LONGEST_LIFE_S: Final = 10**9
_VERSION: Final = re.compile(r"/v\d+\.\d+/?\Z")
_SHOWN: Final = "username,name,profile_picture_url"
_LINKED: Final = f"access_token,instagram_business_account{{id,{_SHOWN}}}"


def authorize_url(app: InstagramApp, *, redirect_uri: str, state: str) -> str:
    if app.login == FACEBOOK:
        return connect.authorize_url(app, ASKED_AT_FACEBOOK, redirect_uri=redirect_uri, state=state)
    asked = {
        "client_id": app.instagram_app_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": ",".join(scope.name for scope in RIGHTS),
        "state": state,
    }
    return f"{app.instagram_login_url.rstrip('/')}/oauth/authorize?{urlencode(asked)}"


def grants(app: InstagramApp, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
    """Raises Rejected, TryAgain or ReconnectNeeded."""
    if app.login == FACEBOOK:
        pages = connect.pages_of_person(
            app, code=code, redirect_uri=redirect_uri, wire=wire, fields=f"id,name,{_LINKED}"
        )
        return list(_linked(app, pages))
    return [_signed_in(app, code=code.removesuffix("#_"), redirect_uri=redirect_uri, wire=wire)]


# ── at Facebook ──


def _linked(app: InstagramApp, pages: Iterator[Mapping[str, Any]]) -> Iterator[Grant]:
    for page in pages:
        token, said = as_aside(page.get("access_token")), as_mapping(page.get("instagram_business_account"))
        account = as_id(said.get("id"))
        if account and token:
            mine = _credentials(app, account, SecretStr(token), base_url=app.base_url)
            yield Grant(_account(said, account), mine)


# ── at Instagram ──


def _signed_in(app: InstagramApp, *, code: str, redirect_uri: str, wire: Any) -> Grant:
    short = _changed(app, wire, code=code, redirect_uri=redirect_uri)
    long = long_lived(
        Graph(wire, base_url=without_version(app.instagram_graph_url), token=short, secrets=_secrets(app)),
        "access_token",
        {
            "grant_type": "ig_exchange_token",
            "client_secret": _secret(app).get_secret_value(),
            "access_token": short.get_secret_value(),
        },
    )
    token, expires_at = long
    graph = Graph(wire, base_url=app.instagram_graph_url, token=token, secrets=_secrets(app))
    said = graph.read("me", params={"fields": f"user_id,{_SHOWN}"})
    account = as_id(said.get("user_id"))
    if not account:
        raise Rejected("Instagram does not say which account this is.", problem=Problem.PERMISSION)
    mine = _credentials(app, account, token, base_url=app.instagram_graph_url, expires_at=expires_at)
    return Grant(_account(said, account), mine)


def _changed(app: InstagramApp, wire: Any, *, code: str, redirect_uri: str) -> SecretStr:
    """The code for a token of an hour."""
    secret = _secret(app)
    graph = Graph(wire, base_url=app.instagram_code_url, token=secret, secrets=[SecretStr(code)])
    form = {
        "client_id": app.instagram_app_id,
        "client_secret": secret.get_secret_value(),
        "grant_type": "authorization_code",
        "redirect_uri": redirect_uri,
        "code": code,
    }
    answer = graph.change("POST", "oauth", "access_token", form=form)
    # Documented in a list of one, and often seen without.
    said = as_mapping(next(iter(as_list(answer.get("data"))), answer))
    return _token(said)


def long_lived(graph: Graph, edge: str, asked: Mapping[str, str]) -> tuple[SecretStr, datetime | None]:
    """A token and when it dies. Raises Rejected, TryAgain or ReconnectNeeded."""
    said = graph.read(edge, params=asked)
    return _token(said), _death(said.get("expires_in"))


def _death(life: Any) -> datetime | None:
    known = isinstance(life, int) and not isinstance(life, bool) and 0 < life < _LONGEST_LIFE_S
    return datetime.now(UTC) + timedelta(seconds=life) if known else None


def without_version(url: str) -> str:
    """The calls that change tokens have none."""
    return _VERSION.sub("", url)


def _token(said: Mapping[str, Any]) -> SecretStr:
    token = as_aside(said.get("access_token"))
    if not token:
        raise Rejected("Instagram gave no access token.", problem=Problem.PERMISSION)
    return SecretStr(token)


def _secret(app: InstagramApp) -> SecretStr:
    return app.instagram_app_secret or SecretStr("")  # the app's own form asks for it


def _secrets(app: InstagramApp) -> tuple[SecretStr, ...]:
    return (_secret(app), app.app_secret)


def _account(said: Mapping[str, Any], account: str) -> Account:
    handle = as_aside(said.get("username"))
    picture = as_url(said.get("profile_picture_url"))
    return Account(account, name=as_aside(said.get("name")) or f"@{handle}", picture_url=picture)


def _credentials(
    app: InstagramApp, account: str, token: SecretStr, *, base_url: str, expires_at: datetime | None = None
) -> InstagramCredentials:
    return InstagramCredentials(
        account=account,
        login=FACEBOOK if app.login == FACEBOOK else INSTAGRAM,
        access_token=token,
        app_id=app.app_id,
        app_secret=app.app_secret,
        instagram_app_secret=app.instagram_app_secret,
        verify_token=app.verify_token,
        expires_at=expires_at.isoformat() if expires_at else "",
        base_url=base_url,
        app_url=app.base_url,
    )

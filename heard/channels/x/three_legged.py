"""Connecting by signing in at X with OAuth 1.0a, for apps that have no OAuth 2.0. Its tokens do not expire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from pydantic import SecretStr

from heard.channels.contract import (
    Account,
    Grant,
    Leaving,
    NoAnswer,
    NotReached,
    Problem,
    Rejected,
    TryAgain,
)
from heard.channels.x import oauth1
from heard.channels.x.api import refuse
from heard.channels.x.credentials import XApp, XCredentials
from heard.channels.x.errors import read_error

REQUEST: Final = "/oauth/request_token"
AUTHORIZE: Final = "/oauth/authorize"
ACCESS: Final = "/oauth/access_token"


def leave(app: XApp, *, redirect_uri: str, state: str, wire: Any) -> Leaving | None:
    """None: the app has OAuth 2.0. Raises Rejected or TryAgain."""
    if app.by_pkce:
        return None
    joint = "&" if "?" in redirect_uri else "?"
    # X sends back only its own token, so what we know the person by stands in the address.
    callback = f"{redirect_uri}{joint}{urlencode({'state': state})}"
    got = _asked(app, wire, REQUEST, _keys(app), {"oauth_callback": callback})
    url = f"{app.base_url.rstrip('/')}{AUTHORIZE}?{urlencode({'oauth_token': got['oauth_token']})}"
    return Leaving(url, {name: got[name] for name in ("oauth_token", "oauth_token_secret")})


def grants_of(app: XApp, *, came_back: Mapping[str, str], kept: Mapping[str, str], wire: Any) -> list[Grant]:
    """The one account that signed in. Raises Rejected or TryAgain."""
    verifier = came_back.get("oauth_verifier", "")
    if not verifier or came_back.get("oauth_token") != kept["oauth_token"]:
        raise Rejected("Nothing was allowed.", problem=Problem.PERMISSION)
    keys = _keys(app, kept["oauth_token"], kept["oauth_token_secret"])
    got = _asked(app, wire, ACCESS, keys, {"oauth_verifier": verifier})
    if not got.get("user_id", "").isdecimal():
        raise Rejected("X does not say which account signed in.", problem=Problem.INVALID)
    name = f"@{got['screen_name']}" if got.get("screen_name") else got["user_id"]
    return [Grant(Account(got["user_id"], name=name, plan=app.plan), _credentials(app, got))]


def _credentials(app: XApp, got: Mapping[str, str]) -> XCredentials:
    return XCredentials(
        account=got["user_id"],
        plan=app.plan,
        told_by=app.told_by,
        api_key=app.api_key,
        api_secret=app.api_secret,
        user_token=SecretStr(got["oauth_token"]),
        user_token_secret=SecretStr(got["oauth_token_secret"]),
        bearer_token=app.bearer_token,
        base_url=app.base_url,
    )


def _keys(app: XApp, token: str = "", token_secret: str = "") -> oauth1.Keys:
    if app.api_key is None or app.api_secret is None:
        raise Rejected("OAuth 1.0a needs the API key and its secret.", problem=Problem.INVALID)
    return oauth1.Keys(app.api_key, app.api_secret, SecretStr(token), SecretStr(token_secret))


def _asked(app: XApp, wire: Any, path: str, keys: oauth1.Keys, more: Mapping[str, str]) -> dict[str, str]:
    """One signed POST without a body; its answer is a form. Raises Rejected or TryAgain."""
    url = app.base_url.rstrip("/") + path
    headers = {"authorization": oauth1.authorization(keys, "POST", url, more=more)}
    try:
        answer = wire.call("POST", url, headers=headers)
    except (NotReached, NoAnswer) as error:
        raise TryAgain("X could not be reached.") from error
    said = {name: some[0] for name, some in parse_qs(answer.body.decode("utf-8", "replace")).items()}
    if answer.status != 200 or not said.get("oauth_token") or not said.get("oauth_token_secret"):
        secrets = [keys.key, keys.secret, keys.token, keys.token_secret]
        refuse(read_error(None, answer.status), answer, secrets)
    return said

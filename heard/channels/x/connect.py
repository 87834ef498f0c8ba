"""Connecting by signing in at X (OAuth 2.0 with PKCE), and keeping that access alive."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import SecretStr

from heard.channels.contract import (
    Account,
    Grant,
    NoAnswer,
    NotReached,
    Problem,
    ReconnectNeeded,
    Rejected,
    Renewed,
    Scope,
    TryAgain,
    Unconfirmed,
    Wire,
)
from heard.channels.fields import as_aside
from heard.channels.x.api import judged
from heard.channels.x.credentials import XApp, XCredentials
from heard.channels.x.payloads import id_in, person_of

AUTHORIZE: Final = "/i/oauth2/authorize"
TOKEN: Final = "/2/oauth2/token"
ME: Final = "/2/users/me"
_LIFE: Final = timedelta(hours=2)


def authorize_url(app: XApp, scopes: Sequence[Scope], *, redirect_uri: str, state: str) -> str:
    proof = hashlib.sha256(_verifier(app, state).encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(scope.name for scope in scopes),
        "state": state,
        "code_challenge": _urlsafe(proof),
        "code_challenge_method": "S256",
    }
    return f"{app.login_url.rstrip('/')}{AUTHORIZE}?{urlencode(asked)}"


def grants(app: XApp, *, code: str, redirect_uri: str, state: str, wire: Any) -> list[Grant]:
    """The one account that signed in. The code lives for 30 seconds. Raises Rejected or TryAgain."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": app.client_id,
        "code_verifier": _verifier(app, state),
    }
    got = _token(wire, app.base_url, app.client_id, app.client_secret, form)
    access, refresh = _tokens(got)
    user = _who(wire, app.base_url, access)
    person = person_of(id_in(user, "id"), user)
    until = _until(got)
    credentials = XCredentials(
        account=person.address,
        plan=app.plan,
        told_by=app.told_by,
        access_token=access,
        refresh_token=refresh,
        access_until=until.isoformat(),
        client_id=app.client_id,
        client_secret=app.client_secret,
        api_secret=app.api_secret,
        bearer_token=app.bearer_token,
        base_url=app.base_url,
    )
    account = Account(
        person.address,
        name=person.name or person.handle,
        picture_url=person.picture_url,
        scopes=frozenset(as_aside(got.get("scope")).split()),
        expires_at=until,
        plan=app.plan,
    )
    return [Grant(account, credentials)]


def renew(wire: Wire[Any]) -> Renewed:
    """Raises TryAgain, Unconfirmed or ReconnectNeeded. The old refresh token is void afterwards."""
    ours: XCredentials = wire.credentials
    if ours.access_token is None:
        raise ReconnectNeeded("X no longer takes the keys of OAuth 1.0a. They never change by themselves.")
    if ours.refresh_token is None:
        raise ReconnectNeeded("There is no refresh token, so the access cannot be renewed.")
    form = {
        "grant_type": "refresh_token",
        "refresh_token": ours.refresh_token.get_secret_value(),
        "client_id": ours.client_id,
    }
    try:
        got = _token(wire, ours.base_url, ours.client_id, ours.client_secret, form, harmless=False)
        access, refresh = _tokens(got)
    except Rejected as rejected:
        raise ReconnectNeeded(rejected.reason, code=rejected.code) from rejected
    until = _until(got)
    fresh = {
        "access_token": access,
        "refresh_token": refresh or ours.refresh_token,
        "access_until": until.isoformat(),
    }
    return Renewed(ours.model_copy(update=fresh), until)


def _verifier(app: XApp, state: str) -> str:
    """Nobody without the client secret can make it, and nobody has to keep it between there and back."""
    key = app.client_secret.get_secret_value().encode() if app.client_secret else b""
    return _urlsafe(hmac.new(key, f"pkce {state}".encode(), hashlib.sha256).digest())


def _urlsafe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _token(
    wire: Any,
    base_url: str,
    client_id: str,
    client_secret: SecretStr | None,
    form: Mapping[str, str],
    *,
    harmless: bool = True,
) -> Mapping[str, Any]:
    headers = {}
    if client_secret is not None:
        pair = f"{client_id}:{client_secret.get_secret_value()}".encode()
        headers = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
    secrets = [
        SecretStr(form.get("refresh_token", "")),
        SecretStr(form.get("code", "")),
        *_known(client_secret),
    ]
    return _called(wire, "POST", base_url + TOKEN, headers, secrets, form=form, harmless=harmless)


def _known(secret: SecretStr | None) -> Iterable[SecretStr]:
    return [secret] if secret else []


def _who(wire: Any, base_url: str, access: SecretStr) -> Mapping[str, Any]:
    headers = {"authorization": f"Bearer {access.get_secret_value()}"}
    params = {"user.fields": "username,name,profile_image_url"}
    said = _called(wire, "GET", base_url + ME, headers, [access], params=params)
    user = said.get("data")
    if not isinstance(user, dict) or not id_in(user, "id"):
        raise Rejected("X does not say which account signed in.", problem=Problem.INVALID)
    return user


def _called(
    wire: Any,
    method: str,
    url: str,
    headers: Mapping[str, str],
    secrets: Iterable[SecretStr],
    *,
    form: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    harmless: bool = True,
) -> Mapping[str, Any]:
    try:
        answer = wire.call(method, url, form=form, params=params, headers=headers)
    except NotReached as error:
        raise TryAgain("X could not be reached.") from error
    except NoAnswer as error:
        if harmless:
            raise TryAgain("X did not answer.") from error
        raise Unconfirmed("X did not answer, so nobody knows which token is the right one now.") from error
    return judged(answer, secrets, harmless=harmless).values


def _tokens(got: Mapping[str, Any]) -> tuple[SecretStr, SecretStr | None]:
    access, refresh = as_aside(got.get("access_token")), as_aside(got.get("refresh_token"))
    if not access:
        raise Rejected("X gave no access token.", problem=Problem.PERMISSION)
    return SecretStr(access), SecretStr(refresh) if refresh else None


def _until(got: Mapping[str, Any]) -> datetime:
    seconds = got.get("expires_in")
    life = timedelta(seconds=seconds) if isinstance(seconds, int) and not isinstance(seconds, bool) else _LIFE
    return datetime.now(UTC) + life

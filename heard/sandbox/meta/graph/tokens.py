"""Whose token is it, and what may it do? And the calls by which tokens are got and looked at."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from heard.sandbox.meta import access
from heard.sandbox.meta.codes import Codes
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import (
    GraphError,
    expired,
    no_permission,
    revoked,
    unreadable_token,
    wrong,
)
from heard.sandbox.meta.things import App, Token
from heard.sandbox.persons import digits

INSTAGRAM_HOST = "graph.instagram.com"


def authenticate(call: Call, request: Request) -> None:
    """Sets the call's token and app. Raises GraphError."""
    text = _given(call, request)
    if not text:
        raise GraphError("An access token is required to request this resource.", code=104, status=401)
    if "|" in text:
        call.app, call.app_token = _by_secret(call, *text.split("|", 1)), True
    else:
        call.token = standing(call, text)
        if (call.token.kind == "INSTAGRAM") != (call.host == INSTAGRAM_HOST):
            raise unreadable_token()
        call.app = call.network.apps[call.token.app]
    _check_proof(call, text)


def _given(call: Call, request: Request) -> str:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() in {"bearer", "oauth"} and value:
        return value.strip()
    return str(call.values.pop("access_token", ""))


def _by_secret(call: Call, id: str, secret: str) -> App:
    app = call.network.apps.get(id)
    if app is None or not hmac.compare_digest(app.secret.encode(), secret.encode()):
        raise GraphError("Error validating application. Invalid application secret.", code=190, status=401)
    return app


def standing(call: Call, text: str) -> Token:
    token = call.network.tokens.get(text)
    if token is None:
        raise unreadable_token()
    if token.revoked:
        raise revoked()
    if token.expires_at and token.expires_at < call.network.clock.now():
        raise expired(_words(token.expires_at))
    return token


def _words(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%A, %d-%b-%y %H:%M:%S UTC")


def _check_proof(call: Call, text: str) -> None:
    proof = call.text("appsecret_proof")
    if proof and call.app:
        right = hmac.new(call.app.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, proof):
            raise wrong("Invalid appsecret_proof provided in the API argument")


def need(call: Call, *scopes: str) -> None:
    """Raises GraphError when the token has none of these permissions: each sign-in has names of its own."""
    if call.token is not None and not set(scopes) & set(call.token.scopes):
        raise no_permission(scopes[0])


# ── getting tokens ──


def exchange(call: Call, codes: Codes) -> Any:
    """/oauth/access_token: a code, a short-lived token, or the app's own credentials for a token."""
    app = call.network.apps.get(call.text("client_id"))
    if app is None or not hmac.compare_digest(app.secret, call.text("client_secret")):
        raise GraphError("Error validating client secret.", code=1, status=400)
    kind = call.text("grant_type")
    if kind == "client_credentials":
        return {"access_token": f"{app.id}|{app.secret}", "token_type": "bearer"}
    if kind == "fb_exchange_token":
        return _prolong(call, app)
    code = codes.take(call.text("code"))
    if code is None or code.app != app.id:
        message = "Invalid verification code format." if code is None else "This code belongs to another app."
        raise GraphError(message, code=100, subcode=36009)
    if code.redirect_uri != call.text("redirect_uri"):
        raise GraphError(
            "Error validating verification code. Please make sure your redirect_uri is identical to the one "
            "you used in the OAuth dialog request",
            code=100,
            subcode=36008,
        )
    token = access.new_user_token(
        call.network,
        app,
        handle=code.handle,
        scopes=code.scopes,
        pages=code.pages,
        life_s=access.SHORT_LIVED_S,
    )
    return _answer(call, token)


def _prolong(call: Call, app: App) -> Any:
    old = standing(call, call.text("fb_exchange_token"))
    if old.app != app.id:
        raise GraphError("The access token does not belong to application", code=190, status=401)
    token = access.new_user_token(
        call.network,
        app,
        handle=old.handle,
        scopes=old.scopes,
        pages=old.pages,
        life_s=access.LONG_LIVED_S,
    )
    return _answer(call, token)


def _answer(call: Call, token: Token) -> Any:
    life = int(token.expires_at - call.network.clock.now())
    return {"access_token": token.id, "token_type": "bearer", "expires_in": life}


# ── looking at tokens ──


def debug(call: Call) -> Any:
    text = call.text("input_token")
    token = call.network.tokens.get(text)
    if token is None or call.app is None or token.app != call.app.id:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    dead = token.revoked or (token.expires_at and token.expires_at < call.network.clock.now())
    seen = {
        "app_id": token.app,
        "type": token.kind,
        "application": call.app.name,
        "data_access_expires_at": int(token.issued_at) + 90 * 86400,
        "expires_at": int(token.expires_at),
        "is_valid": not dead,
        "issued_at": int(token.issued_at),
        "scopes": token.scopes,
        "granular_scopes": [{"scope": scope} for scope in token.scopes],
        "user_id": app_user_id(token),
    }
    if token.page:
        seen["profile_id"] = token.page
    if dead:
        seen["error"] = {"code": 190, "message": "Error validating access token.", "subcode": 463}
    return {"data": seen}


def app_user_id(token: Token) -> str:
    return digits("app user", token.app, token.handle or "owner", length=16)

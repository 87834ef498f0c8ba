"""Getting tokens at Instagram itself: a code, an hour, sixty days, and sixty more."""

from __future__ import annotations

import hmac
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.answers import Json
from heard.sandbox.meta import access
from heard.sandbox.meta.codes import Codes
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, unreadable_token, wrong
from heard.sandbox.meta.graph.tokens import standing
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import App, Token

A_DAY_S = 86400


class Exchange:
    """Changes a code for a token of an hour. It refuses in a form of its own."""

    def __init__(self, network: Network, codes: Codes) -> None:
        self.network, self.codes = network, codes

    async def respond(self, request: Request) -> Response:
        async with request.form() as form:
            asked = {name: value for name, value in form.items() if isinstance(value, str)}
        app = app_by(self.network, asked.get("client_id", ""))
        if app is None or not hmac.compare_digest(app.instagram_secret, asked.get("client_secret", "")):
            return _refused("Invalid platform app")
        code = self.codes.take(asked.get("code", ""))
        if code is None or code.app != app.id or code.redirect_uri != asked.get("redirect_uri"):
            return _refused("Matching code was not found or was already used")
        profile = self.network.profiles[code.pages[0]]
        token = access.new_instagram_token(
            self.network, profile, app, scopes=code.scopes, life_s=access.SHORT_LIVED_S
        )
        said = {
            "access_token": token.id,
            "user_id": f"99{profile.id[4:]}",
            "permissions": ",".join(code.scopes),
        }
        return Json({"data": [said]})


def _refused(message: str) -> Response:
    said = {"error_type": "OAuthException", "code": 400, "error_message": message}
    return Json(said, status_code=400)


def app_by(network: Network, instagram_id: str) -> App | None:
    found = (app for app in network.apps.values() if instagram_id and app.instagram_id == instagram_id)
    return next(found, None)


def prolong(call: Call) -> Any:
    """A token of an hour for one of sixty days."""
    if call.text("grant_type") != "ig_exchange_token":
        raise wrong("The parameter grant_type must be ig_exchange_token.")
    old = _given(call)
    if not hmac.compare_digest(call.network.apps[old.app].instagram_secret, call.text("client_secret")):
        raise GraphError("Error validating client secret.", code=1, kind="IGApiException")
    return _longer(call, old)


def refresh(call: Call) -> Any:
    """Sixty days more, for a token that lives and is a day old."""
    if call.text("grant_type") != "ig_refresh_token":
        raise wrong("The parameter grant_type must be ig_refresh_token.")
    old = _given(call)
    if call.network.clock.now() - old.issued_at < A_DAY_S:
        raise GraphError("The access token is too young to be refreshed.", code=10, kind="IGApiException")
    return _longer(call, old)


def _given(call: Call) -> Token:
    token = standing(call, call.text("access_token"))
    if token.kind != "INSTAGRAM":
        raise unreadable_token()
    return token


def _longer(call: Call, old: Token) -> Any:
    profile, app = call.network.profiles[old.page], call.network.apps[old.app]
    token = access.new_instagram_token(call.network, profile, app, scopes=old.scopes)
    life = int(token.expires_at - call.network.clock.now())
    return {
        "access_token": token.id,
        "token_type": "bearer",
        "expires_in": life,
        "permissions": ",".join(old.scopes),
    }

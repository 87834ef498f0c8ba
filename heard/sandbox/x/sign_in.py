"""Signing in by OAuth 2.0 with PKCE: the consent page, the code, the tokens, and new ones for old."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from heard.sandbox.pages.render import render
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.talks.things import Account
from heard.sandbox.x.refusals import Refused
from heard.sandbox.x.things import Token

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

CODE_LIFE_S, TOKEN_LIFE_S = 30, 7200
NEEDED = ("client_id", "redirect_uri", "state", "code_challenge", "scope")


@dataclass(frozen=True, slots=True)
class Code:
    account: str
    redirect_uri: str
    scopes: list[str]
    challenge: str
    at: float


class SignIn:
    def __init__(self, twin: XTwin) -> None:
        self.twin = twin
        self._codes: dict[str, Code] = {}

    async def respond(self, request: Request) -> Response:
        asked = request.query_params
        if problem := self._wrong(dict(asked)):
            return render(request, "consent_problem.html", {"problem": problem}, status=400)
        if request.method == "GET":
            context = {
                "app": {"name": "Heard"},
                "scopes": asked["scope"].split(),
                "pages": {one.id: one.name for one in self.twin.talks.accounts.values()},
                "persons": [self.twin.ground.cast.person("emma")],
            }
            return render(request, "consent.html", context)
        async with request.form() as form:
            return self._decide(dict(asked), form)

    def _wrong(self, asked: dict[str, str]) -> str:
        if asked.get("client_id") != self.twin.held.app.client_id:
            return "The app is not known."
        if not asked.get("redirect_uri", "").startswith(("https://", "http://")):
            return "The address to go back to is missing."
        if any(not asked.get(name) for name in NEEDED) or asked.get("code_challenge_method") != "S256":
            return "Something went wrong. You weren't able to give access to the App."
        return ""

    def _decide(self, asked: dict[str, str], form: FormData) -> Response:
        redirect_uri, state = asked["redirect_uri"], asked["state"]
        chosen = [str(id) for id in form.getlist("pages") if id in self.twin.talks.accounts]
        if form.get("answer") != "allow" or not chosen:
            return _back(redirect_uri, {"error": "access_denied", "state": state})
        code = secrets.token_urlsafe(60)
        scopes = [str(scope) for scope in form.getlist("scopes")]
        self._codes[code] = Code(chosen[0], redirect_uri, scopes, asked["code_challenge"], self.twin.now())
        return _back(redirect_uri, {"state": state, "code": code})

    # ── tokens ──

    def exchange(self, call: Call) -> dict[str, Any]:
        """Raises Refused."""
        app = self.twin.held.app
        pair = base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
        if call.headers.get("authorization") != f"Basic {pair}":
            said = {"error": "unauthorized_client", "error_description": "Missing valid authorization header"}
            raise Refused(401, said)
        match call.body.get("grant_type"):
            case "authorization_code":
                return self._by_code(call)
            case "refresh_token":
                return self._by_refresh(str(call.body.get("refresh_token", "")))
        raise _bad("unsupported_grant_type", "Value passed for the grant type was invalid.")

    def _by_code(self, call: Call) -> dict[str, Any]:
        code = self._codes.pop(str(call.body.get("code", "")), None)
        if code is None or self.twin.now() - code.at > CODE_LIFE_S:
            raise _bad("invalid_request", "Value passed for the authorization code was invalid.")
        if call.body.get("redirect_uri") != code.redirect_uri:
            raise _bad(
                "invalid_request", "Value passed for the redirect uri did not match the uri of the code."
            )
        proof = hashlib.sha256(str(call.body.get("code_verifier", "")).encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != code.challenge:
            raise _bad(
                "invalid_request", "Value passed for the code verifier did not match the code challenge."
            )
        return self._give(code.account, code.scopes)

    def _by_refresh(self, refresh: str) -> dict[str, Any]:
        tokens = self.twin.held.tokens.values()
        old = next((one for one in tokens if refresh and one.refresh == refresh and not one.revoked), None)
        if old is None:
            raise _bad("invalid_request", "Value passed for the token was invalid.")
        old.refresh = ""
        self.twin.held.keep(old)
        return self._give(old.account, old.scopes)

    def _give(self, account: str, scopes: list[str]) -> dict[str, Any]:
        refresh = secrets.token_urlsafe(60) if "offline.access" in scopes else ""
        token = Token(secrets.token_urlsafe(60), account, scopes, self.twin.now() + TOKEN_LIFE_S, refresh)
        self.twin.held.add(token)
        said = {
            "token_type": "bearer",
            "expires_in": TOKEN_LIFE_S,
            "access_token": token.id,
            "scope": " ".join(scopes),
        }
        return said | ({"refresh_token": refresh} if refresh else {})

    def revoke_all(self, account: Account) -> int:
        mine = [
            one for one in self.twin.held.tokens.values() if one.account == account.id and not one.revoked
        ]
        for token in mine:
            token.revoked = True
            self.twin.held.keep(token)
        return len(mine)


def _bad(error: str, description: str) -> Refused:
    return Refused(400, {"error": error, "error_description": description})


def _back(redirect_uri: str, answer: dict[str, str]) -> Response:
    joint = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joint}{urlencode(answer)}", status_code=302)

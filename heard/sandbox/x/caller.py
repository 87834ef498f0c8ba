"""Who calls: an account by OAuth 2.0 or OAuth 1.0a, or the app by its bearer token."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote

from starlette.requests import Request

from heard.sandbox.talks.things import Account
from heard.sandbox.x.refusals import unauthorized

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

SKEW_S = 300


@dataclass(frozen=True, slots=True)
class Caller:
    """`account` None: the app itself. `scopes` None: OAuth 1.0a, which may do everything."""

    account: Account | None
    scopes: frozenset[str] | None = None

    @property
    def name(self) -> str:
        return self.account.id if self.account else "app"


def recognise(twin: XTwin, request: Request) -> Caller:
    """Raises Refused."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind == "Bearer" and value == twin.held.app.bearer:
        return Caller(None)
    if kind == "Bearer":
        return _by_token(twin, value)
    if kind == "OAuth":
        return _by_signature(twin, request, value)
    raise unauthorized()


def _by_token(twin: XTwin, value: str) -> Caller:
    token = twin.held.tokens.get(value)
    if token is None or token.revoked or token.expires_at < twin.now():
        raise unauthorized()
    return Caller(twin.talks.accounts[token.account], frozenset(token.scopes))


def fields(value: str) -> dict[str, str]:
    """What stands in the header of OAuth 1.0a."""
    said = dict(part.strip().split("=", 1) for part in value.split(",") if "=" in part)
    return {name: unquote(quoted.strip('"')) for name, quoted in said.items()}


def _by_signature(twin: XTwin, request: Request, value: str) -> Caller:
    said = fields(value)
    account = twin.talks.account_by_token(said.get("oauth_token", ""))
    signed = said.pop("oauth_signature", "")
    fresh = abs(float(said.get("oauth_timestamp", "0") or 0) - twin.ground.clock.now()) < SKEW_S + abs(
        twin.ground.clock.offset_s
    )
    if account is None or not fresh or said.get("oauth_consumer_key") != twin.held.app.api_key:
        raise unauthorized()
    pairs = [*parse_qsl(request.url.query, keep_blank_values=True), *said.items()]
    if not hmac.compare_digest(signed, signature(twin, account.secret, request, pairs)):
        raise unauthorized()
    return Caller(account)


def signature(twin: XTwin, token_secret: str, request: Request, pairs: list[tuple[str, str]]) -> str:
    listed = "&".join(f"{name}={value}" for name, value in sorted((_enc(n), _enc(v)) for n, v in pairs))
    address = str(request.url).partition("?")[0]
    base = "&".join((request.method, _enc(address), _enc(listed)))
    key = f"{_enc(twin.held.app.api_secret)}&{_enc(token_secret)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _enc(text: str) -> str:
    return quote(text, safe="~-._")

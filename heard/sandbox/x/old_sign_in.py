"""Signing in by OAuth 1.0a: a token to ask with, the consent page, and the tokens that never expire."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from heard.sandbox.pages.render import render
from heard.sandbox.x.caller import fields, signature
from heard.sandbox.x.refusals import unauthorized

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin


@dataclass(slots=True)
class Asking:
    """A request token. With `verifier`, somebody has said yes for `account`."""

    secret: str
    callback: str
    account: str = ""
    verifier: str = ""


class OldSignIn:
    def __init__(self, twin: XTwin) -> None:
        self.twin = twin
        self._asking: dict[str, Asking] = {}

    def request_token(self, request: Request) -> Response:
        """Raises Refused."""
        said = self._signed(request, "")
        callback = said.get("oauth_callback", "")
        if not callback.startswith(("https://", "http://")):
            raise unauthorized()
        token, asking = secrets.token_urlsafe(20), Asking(secrets.token_urlsafe(30), callback)
        self._asking[token] = asking
        return _form(oauth_token=token, oauth_token_secret=asking.secret, oauth_callback_confirmed="true")

    async def respond(self, request: Request) -> Response:
        """The page on which a person says yes or no."""
        token = request.query_params.get("oauth_token", "")
        asking = self._asking.get(token)
        if asking is None:
            problem = "The request token for this page is invalid."
            return render(request, "consent_problem.html", {"problem": problem}, status=401)
        if request.method == "GET":
            pages = {one.id: one.name for one in self.twin.talks.accounts.values()}
            persons = [self.twin.ground.cast.person("emma")]
            context = {"app": {"name": "Heard"}, "scopes": [], "pages": pages, "persons": persons}
            return render(request, "consent.html", context)
        async with request.form() as form:
            chosen = [str(id) for id in form.getlist("pages") if id in self.twin.talks.accounts]
            if form.get("answer") != "allow" or not chosen:
                del self._asking[token]
                return _back(asking.callback, {"denied": token})
        asking.account, asking.verifier = chosen[0], secrets.token_urlsafe(20)
        return _back(asking.callback, {"oauth_token": token, "oauth_verifier": asking.verifier})

    def access_token(self, request: Request) -> Response:
        """Works once. Raises Refused."""
        named = fields(request.headers.get("authorization", "").partition(" ")[2])
        asking = self._asking.get(named.get("oauth_token", ""))
        if asking is None or not asking.verifier:
            raise unauthorized()
        said = self._signed(request, asking.secret)
        if not hmac.compare_digest(said.get("oauth_verifier", ""), asking.verifier):
            raise unauthorized()
        del self._asking[said["oauth_token"]]
        account = self.twin.talks.accounts[asking.account]
        return _form(
            oauth_token=account.token,
            oauth_token_secret=account.secret,
            user_id=account.id,
            screen_name=account.kept["username"],
        )

    def _signed(self, request: Request, token_secret: str) -> dict[str, str]:
        """What the header says, if its signature fits. Raises Refused."""
        said = fields(request.headers.get("authorization", "").partition(" ")[2])
        given = said.pop("oauth_signature", "")
        known = said.get("oauth_consumer_key") == self.twin.held.app.api_key
        right = signature(self.twin, token_secret, request, [*said.items()])
        if not known or not hmac.compare_digest(given.encode(), right.encode()):
            raise unauthorized()
        return said


def _form(**fields: str) -> Response:
    return Response(urlencode(fields), media_type="application/x-www-form-urlencoded")


def _back(callback: str, answer: dict[str, str]) -> Response:
    joint = "&" if "?" in callback else "?"
    return RedirectResponse(f"{callback}{joint}{urlencode(answer)}", status_code=302)

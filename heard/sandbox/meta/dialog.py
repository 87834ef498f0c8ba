"""The consent page: who signs in, for which pages, with which rights; then back with a code."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from heard.sandbox.meta import access
from heard.sandbox.meta.codes import Codes
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import App
from heard.sandbox.pages.render import render

OWNERS = ("emma", "jana", "petros")


class Dialog:
    SCOPES: Sequence[str] = access.SCOPES
    ENDING = "#_=_"

    def __init__(self, network: Network, codes: Codes) -> None:
        self.network, self.codes = network, codes

    async def respond(self, request: Request) -> Response:
        asked = request.query_params
        app = self.app(asked.get("client_id", ""))
        redirect_uri = asked.get("redirect_uri", "")
        if app is None or not redirect_uri.startswith(("https://", "http://")):
            problem = "The app is not known." if app is None else "The address to go back to is missing."
            return render(request, "consent_problem.html", {"problem": problem}, status=400)
        if request.method == "GET":
            return self._ask(request, app)
        async with request.form() as form:
            return self._decide(app, redirect_uri, asked.get("state", ""), form)

    def app(self, client_id: str) -> App | None:
        return self.network.apps.get(client_id)

    def accounts(self) -> dict[str, str]:
        """Name by id of what can be connected."""
        return {page.id: page.name for page in self.network.pages.values()}

    def _ask(self, request: Request, app: App) -> Response:
        asked = [one for one in request.query_params.get("scope", "").replace(",", " ").split() if one]
        context = {
            "app": app,
            "scopes": asked or list(self.SCOPES),
            "pages": self.accounts(),
            "persons": [self.network.person(handle) for handle in OWNERS],
        }
        return render(request, "consent.html", context)

    def _decide(self, app: App, redirect_uri: str, state: str, form: FormData) -> Response:
        if form.get("answer") != "allow":
            refusal = {
                "error": "access_denied",
                "error_code": "200",
                "error_reason": "user_denied",
                "error_description": "Permissions error",
            }
            return self._back(redirect_uri, refusal, state)
        pages = [str(id) for id in form.getlist("pages") if id in self.accounts()]
        handle = str(form.get("who") or OWNERS[0])
        scopes = [str(scope) for scope in form.getlist("scopes")]
        code = self.codes.give(app.id, redirect_uri, handle=handle, scopes=scopes, pages=pages)
        return self._back(redirect_uri, {"code": code}, state)

    def _back(self, redirect_uri: str, answer: dict[str, str], state: str) -> Response:
        joint = "&" if "?" in redirect_uri else "?"
        query = urlencode(answer | ({"state": state} if state else {}))
        return RedirectResponse(f"{redirect_uri}{joint}{query}{self.ENDING}", status_code=302)

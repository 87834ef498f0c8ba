"""A shop's own web site: nothing of it is Heard's but the chat window that its owner pasted in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.sandbox import certificates
from heard.sandbox.answers import Json
from heard.sandbox.control.access import refused
from heard.sandbox.ground import Ground
from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site
from heard.sandbox.twin import Account, Door, Place
from heard.sandbox.wish import BadWish, Verb, Wish

SLUG: Final = "chat"
NAME: Final = "Acme Shop web site"
KIND, WINDOW, TOKENS = "web_site", "window", "web_site_token"
SECONDS: Final = 10.0


class WebSite:
    slugs: tuple[str, ...] = (SLUG,)

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        # The site calls nobody by itself; the window does, from the visitor's browser.
        ground.engine.serve(SLUG, lambda account, events: None)

    @property
    def script(self) -> str:
        return str((self.ground.storage.find(KIND, WINDOW) or {}).get("script", ""))

    def routes(self) -> list[BaseRoute]:
        return [Route("/shop/window", self._paste, methods=["POST"])]

    def verbs(self, slug: str) -> dict[str, Verb]:
        return {
            "credentials": Verb(lambda wish: self._credentials(), "page", "GET"),
            "state": Verb(lambda wish: {"account": NAME, "script": self.script}, "page only", "GET"),
            "say": Verb(self._say, "as kind text"),
        }

    def _credentials(self) -> dict[str, str]:
        return {"account": NAME, "base_url": self.ground.address.below("shop")}

    def reset(self) -> None:
        self.ground.storage.forget_all(TOKENS)

    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any:
        raise BadWish("A web site calls no hooks.")

    def places(self) -> Sequence[Place]:
        return (Place(SLUG, N_("Web site"), "shop", N_("Chat on the shop's web site")),)

    def accounts(self) -> Sequence[Account]:
        door = Door(N_("Visit"), "/shop", N_("Visit the web site of %(name)s"))
        return (Account(NAME, "shop.example, with a chat window", "", (door,)),)

    def pages(self, site: Site) -> list[BaseRoute]:
        return [Route("/shop", partial(self._page, "home")), Route("/shop/{page}", partial(self._page, ""))]

    async def _page(self, name: str, request: Request) -> Response:
        shown = name or request.path_params["page"]
        context = {"page": shown, "script": self.script}
        answer = render(request, "shop.html", context)
        answer.headers["Content-Security-Policy"] = _policy(self.script)
        return answer

    async def _paste(self, request: Request) -> Response:
        """What a site's owner does by hand: the script goes into the page."""
        if reason := refused(request):
            return Json({"error": reason}, status_code=403)
        script = (await request.json()).get("script")
        if not isinstance(script, str) or not script.startswith(("http://", "https://")):
            return Json({"error": "There is no script."}, status_code=400)
        self.ground.storage.save(KIND, WINDOW, {"script": script})
        return Json({})

    async def _say(self, wish: Wish) -> Any:
        """A visitor's line, told to Heard as the window tells it."""
        if not self.script:
            raise BadWish("No chat window was put on this site yet.")
        root, handle = self.script.removesuffix(".js"), wish.text("as")
        headers = {"Origin": "{0.scheme}://{0.netloc}".format(urlsplit(self.ground.address.url))}
        async with httpx2.AsyncClient(
            verify=certificates.known(), trust_env=False, timeout=SECONDS, headers=headers
        ) as client:
            token = await self._token(client, root, handle)
            key = str(uuid.uuid4())
            line = {"key": key, "text": wish.text("text"), "name": self.ground.cast.person(handle).name}
            said = await client.post(f"{root}/lines", json=line, headers={"Authorization": f"Bearer {token}"})
        if said.status_code != 200:
            raise BadWish(f"Heard answered {said.status_code}.", status=502)
        return {"id": key}

    async def _token(self, client: httpx2.AsyncClient, root: str, handle: str) -> str:
        known = self.ground.storage.find(TOKENS, handle) or {}
        sent = {"Authorization": f"Bearer {known['token']}"} if known.get("root") == root else {}
        page = {"url": self.ground.address.below("shop"), "title": "Acme Shop"}
        language = self.ground.cast.person(handle).language
        begun = await client.post(f"{root}/sessions", json={"page": page, "language": language}, headers=sent)
        if begun.status_code != 200:
            raise BadWish(f"Heard answered {begun.status_code}.", status=502)
        token = begun.json()["token"] or known["token"]
        self.ground.storage.save(TOKENS, handle, {"root": root, "token": token})
        return str(token)


def _policy(script: str) -> str:
    """What setup.md asks of a site with a policy, and not a word more."""
    heard = "{0.scheme}://{0.netloc}".format(urlsplit(script)) if script else ""
    allowed = heard or "'none'"
    return (
        f"default-src 'none'; style-src 'self'; img-src 'self' {heard}; script-src {allowed}; "
        f"connect-src {allowed}; base-uri 'none'; frame-ancestors 'none'"
    )

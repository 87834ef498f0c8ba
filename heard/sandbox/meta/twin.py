"""The twin of Meta's network as the sandbox runs it: its paths, its control verbs, its start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.sandbox.calls import Calls
from heard.sandbox.ground import Ground
from heard.sandbox.meta import access, hooks, media, seed
from heard.sandbox.meta.codes import Codes
from heard.sandbox.meta.control import change, say
from heard.sandbox.meta.control.state import state
from heard.sandbox.meta.deliver import deliver
from heard.sandbox.meta.dialog import Dialog
from heard.sandbox.meta.graph import tokens
from heard.sandbox.meta.graph.endpoint import Endpoint
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.pictures import picture
from heard.sandbox.meta.things import App, Page
from heard.sandbox.pages.chat import chat
from heard.sandbox.pages.site import Site
from heard.sandbox.pages.timeline import timeline
from heard.sandbox.twin import Account, Door, Place
from heard.sandbox.wish import BadWish, Verb, Wish

SLUGS = ("facebook", "messenger")
GRAPH = "graph.facebook.com"
VERSION = "v26.0"
Act = Callable[[Network, str, Wish], Any]

BOTH: dict[str, tuple[Act, str]] = {
    "say": (say.say, say.FIELDS),
    "edit": (change.edit, "id as text stars recommends"),
    "delete": (change.delete, "id as"),
    "react": (change.react, "id as reaction remove"),
    "own_app": (change.own_app, "to under text page take_thread"),
}
ONLY: dict[str, dict[str, tuple[Act, str]]] = {
    "facebook": {"hide": (change.hide, "id hidden")},
    "messenger": {
        "read": (change.read, "as page"),
        "press": (change.press, "as title payload page"),
        "block": (change.block, "as blocked page"),
    },
}


class Twin:
    slugs: tuple[str, ...] = SLUGS

    def __init__(self, ground: Ground) -> None:
        self.network = Network(ground)
        self.codes, self.calls = Codes(ground.clock), Calls()
        for slug in SLUGS:
            ground.engine.serve(slug, hooks.prepare(self.network))
        with ground.storage.together():
            seed.seed(self.network)

    def routes(self) -> list[BaseRoute]:
        ways_in = {"oauth/access_token": lambda call: tokens.exchange(call, self.codes)}
        graph = Endpoint(self.network, self.calls, host=GRAPH, ways_in=ways_in)
        dialog = Dialog(self.network, self.codes)
        return [
            Route(f"/{GRAPH}/{{path:path}}", graph.respond, methods=["GET", "POST", "DELETE"]),
            Route("/www.facebook.com/{version}/dialog/oauth", dialog.respond, methods=["GET", "POST"]),
            Route("/scontent.xx.fbcdn.net/{path:path}", partial(picture, self.network)),
        ]

    # ── what customers see ──

    def places(self) -> list[Place]:
        return [
            Place("facebook", N_("Page"), "facebook", N_("Go to the page")),
            Place("messenger", N_("Messenger"), "messenger", N_("Write a direct message")),
        ]

    def accounts(self) -> list[Account]:
        return [self._account(page) for page in self.network.pages.values()]

    def _account(self, page: Page) -> Account:
        doors = (
            Door(N_("Page"), f"/facebook?page={page.id}", N_("Open the page %(name)s")),
            Door(N_("Messenger"), f"/messenger?page={page.id}", N_("Write to %(name)s")),
        )
        return Account(page.name, page.about, media.link(self.network, f"page/{page.id}.png"), doors)

    def pages(self, site: Site) -> list[BaseRoute]:
        return [
            Route("/facebook", partial(timeline, site, self.network)),
            Route("/messenger", partial(chat, site, self.network)),
        ]

    # ── starting again ──

    def reset(self) -> None:
        with self.network.storage.together():
            self.network.reset()
            self.calls.clear()
            seed.fill(self.network)

    # ── control ──

    def verbs(self, slug: str) -> dict[str, Verb]:
        verbs = {
            name: Verb(partial(act, self.network, slug), fields)
            for name, (act, fields) in {**BOTH, **ONLY[slug]}.items()
        }
        verbs["state"] = Verb(partial(self._state, slug), "page only", "GET")
        verbs["credentials"] = Verb(partial(self._credentials, slug), "page", "GET")
        verbs["app"] = Verb(self._app, "", "GET")
        verbs["page"] = Verb(self._new_page, "name about")
        verbs["revoke"] = Verb(partial(self._revoke, slug), "page scope")
        return verbs

    def _state(self, slug: str, wish: Wish) -> Any:
        engine = self.network.engine
        parts = state(self.network, slug, say.page_of(self.network, wish))
        parts["calls"] = lambda: self.calls.of(slug)
        parts["deliveries"] = lambda: {**asdict(engine.counts[slug]), "pending": engine.pending(slug)}
        wanted = wish.text("only", "").split(",") if "only" in wish else list(parts)
        return {name: part() for name, part in parts.items() if name in wanted}

    def base_url(self) -> str:
        return self.network.address.below(f"{GRAPH}/{VERSION}")

    def _credentials(self, slug: str, wish: Wish) -> Any:
        page = say.page_of(self.network, wish)
        app = self.network.apps[page.apps[slug]]
        token = access.page_token(self.network, page, app)
        return {"account": page.id, "page_token": token.id, **self._of_app(app)}

    def _of_app(self, app: App) -> dict[str, str]:
        return {
            "app_id": app.id,
            "app_secret": app.secret,
            "verify_token": app.verify_token,
            "base_url": self.base_url(),
        }

    def _app(self, wish: Wish) -> Any:
        login_url = self.network.address.below(f"www.facebook.com/{VERSION}")
        return {**self._of_app(access.login_app(self.network)), "login_url": login_url}

    def _new_page(self, wish: Wish) -> Any:
        page = seed.add_page(self.network, wish.text("name"), wish.text("about", ""))
        return {"id": page.id, "name": page.name}

    def _revoke(self, slug: str, wish: Wish) -> Any:
        """The tokens of a page die, or lose one permission: as when a person takes the app's rights away."""
        page = say.page_of(self.network, wish)
        touched = 0
        for token in self.network.tokens.values():
            if token.page != page.id or self.network.apps[token.app].network not in (slug, "login"):
                continue
            access.take_away(self.network, token, wish.text("scope", ""))
            touched += 1
        return {"tokens": touched}

    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any:
        """Any body, signed as the network signs and posted as it stands. Raises BadWish."""
        return await deliver(self.network, slug, self._page(page_id), body)

    def _page(self, id: str) -> Page:
        page = self.network.pages.get(id) if id else self.network.first_page()
        if page is None:
            raise BadWish(f"There is no page {id!r}.", status=404)
        return page

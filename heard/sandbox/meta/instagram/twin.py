"""The twin of Instagram, which lives inside Meta's network: its hosts, its control verbs, its customer page."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.sandbox.meta import access, hooks, media
from heard.sandbox.meta.control.state import state
from heard.sandbox.meta.deliver import deliver
from heard.sandbox.meta.graph.endpoint import Endpoint
from heard.sandbox.meta.graph.tokens import INSTAGRAM_HOST
from heard.sandbox.meta.instagram import accounts, control, tokens
from heard.sandbox.meta.instagram.dialog import InstagramDialog
from heard.sandbox.meta.things import App, Profile, Token
from heard.sandbox.meta.twin import GRAPH, VERSION
from heard.sandbox.meta.twin import Twin as Meta
from heard.sandbox.pages.pictures import pictures
from heard.sandbox.pages.site import Site
from heard.sandbox.twin import Account, Door, Place
from heard.sandbox.wish import BadWish, Verb, Wish

SLUG = "instagram"


class Twin:
    slugs: tuple[str, ...] = (SLUG,)

    def __init__(self, meta: Meta) -> None:
        self.network, self.codes, self.calls = meta.network, meta.codes, meta.calls
        self.network.engine.serve(SLUG, hooks.prepare(self.network, about="instagram"))
        with self.network.storage.together():
            accounts.seed(self.network)

    def routes(self) -> list[BaseRoute]:
        ways_in = {"access_token": tokens.prolong, "refresh_access_token": tokens.refresh}
        graph = Endpoint(self.network, self.calls, host=INSTAGRAM_HOST, ways_in=ways_in)
        dialog = InstagramDialog(self.network, self.codes)
        exchange = tokens.Exchange(self.network, self.codes)
        return [
            Route(f"/{INSTAGRAM_HOST}/{{path:path}}", graph.respond, methods=["GET", "POST", "DELETE"]),
            Route("/www.instagram.com/oauth/authorize", dialog.respond, methods=["GET", "POST"]),
            Route("/api.instagram.com/oauth/access_token", exchange.respond, methods=["POST"]),
        ]

    # ── what customers see ──

    def places(self) -> list[Place]:
        return [Place(SLUG, N_("Instagram"), "instagram", N_("Look at the pictures"))]

    def accounts(self) -> list[Account]:
        return [self._account(profile) for profile in self.network.profiles.values()]

    def _account(self, profile: Profile) -> Account:
        name = f"@{profile.username}"
        picture = media.link(self.network, f"page/{profile.id}.png")
        door = Door(N_("Instagram"), f"/instagram?page={profile.id}", N_("Look at the pictures of %(name)s"))
        return Account(name, profile.about, picture, (door,))

    def pages(self, site: Site) -> list[BaseRoute]:
        return [Route("/instagram", partial(pictures, site, self.network))]

    def reset(self) -> None:
        """What is said was forgotten with the rest of Meta's network."""
        with self.network.storage.together():
            accounts.fill(self.network)

    # ── control ──

    def verbs(self, slug: str) -> dict[str, Verb]:
        verbs = {
            name: Verb(partial(act, self.network), fields) for name, (act, fields) in control.VERBS.items()
        }
        verbs["state"] = Verb(self._state, "page only", "GET")
        verbs["credentials"] = Verb(self._credentials, "page login", "GET")
        verbs["app"] = Verb(self._app, "login", "GET")
        verbs["page"] = Verb(self._new_profile, "name about username")
        verbs["revoke"] = Verb(self._revoke, "page scope")
        return verbs

    def _state(self, wish: Wish) -> Any:
        engine = self.network.engine
        parts = state(self.network, SLUG, control.profile_of(self.network, wish))
        parts["calls"] = lambda: self.calls.of(SLUG)
        parts["deliveries"] = lambda: {**asdict(engine.counts[SLUG]), "pending": engine.pending(SLUG)}
        wanted = wish.text("only", "").split(",") if "only" in wish else list(parts)
        return {name: part() for name, part in parts.items() if name in wanted}

    def _credentials(self, wish: Wish) -> Any:
        """`login` is instagram or facebook; each has a token and a host of its own."""
        profile, login = control.profile_of(self.network, wish), wish.text("login", "instagram")
        app = self.network.apps[profile.apps[SLUG]]
        told = {"account": profile.id, "login": login, **self._of_app(app)}
        told["app_url"] = told.pop("base_url")
        if login == "facebook":
            page = self.network.pages.get(profile.linked)
            if page is None:
                raise BadWish(f"@{profile.username} is not linked to a page.", status=409)
            token = access.page_token(self.network, page, app)
            return told | {"access_token": token.id, "base_url": told["app_url"]}
        token = access.instagram_token(self.network, profile, app)
        return told | {"access_token": token.id, "base_url": self._graph(), "expires_at": _moment(token)}

    def _of_app(self, app: App) -> dict[str, str]:
        return {
            "app_id": app.id,
            "app_secret": app.secret,
            "instagram_app_secret": app.instagram_secret,
            "verify_token": app.verify_token,
            "base_url": self.network.address.below(f"{GRAPH}/{VERSION}"),
        }

    def _graph(self) -> str:
        return self.network.address.below(f"{INSTAGRAM_HOST}/{VERSION}")

    def _app(self, wish: Wish) -> Any:
        app, below = access.login_app(self.network), self.network.address.below
        return {
            **self._of_app(app),
            "login": wish.text("login", "instagram"),
            "instagram_app_id": app.instagram_id,
            "login_url": below(f"www.facebook.com/{VERSION}"),
            "instagram_graph_url": self._graph(),
            "instagram_login_url": below("www.instagram.com"),
            "instagram_code_url": below("api.instagram.com"),
        }

    def _new_profile(self, wish: Wish) -> Any:
        name = wish.text("name")
        username = wish.text("username", "") or ".".join(name.casefold().split())
        profile = accounts.add_profile(self.network, name, username=username, about=wish.text("about", ""))
        return {"id": profile.id, "name": profile.name}

    def _revoke(self, wish: Wish) -> Any:
        """The account's tokens die, or lose one permission."""
        profile = control.profile_of(self.network, wish)
        mine = {profile.apps[SLUG], access.login_app(self.network).id}
        held = [
            token
            for token in self.network.tokens.values()
            if token.page in {profile.id, profile.linked} and token.app in mine
        ]
        for token in held:
            access.take_away(self.network, token, wish.text("scope", ""))
        return {"tokens": len(held)}

    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any:
        """Any body, signed as the network signs and posted as it stands. Raises BadWish."""
        profile = self.network.profiles.get(page_id) if page_id else accounts.first_profile(self.network)
        if profile is None:
            raise BadWish(f"There is no account {page_id!r}.", status=404)
        return await deliver(self.network, SLUG, profile, body)


def _moment(token: Token) -> str:
    return datetime.fromtimestamp(token.expires_at, UTC).isoformat()

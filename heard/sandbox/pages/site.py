"""What all pages share, whichever network they show: who is played, where one can go, how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from heard.sandbox.ground import Ground
from heard.sandbox.pages.news import news
from heard.sandbox.pages.visitor import visitor
from heard.sandbox.twin import Account, Twin


class Site:
    def __init__(self, ground: Ground, twins: Sequence[Twin]) -> None:
        self.ground, self._twins = ground, tuple(twins)

    def accounts(self) -> list[Account]:
        return [account for twin in self._twins for account in twin.accounts()]

    def frame(
        self, request: Request, slug: str = "", *, heard: bool = True, page: str = ""
    ) -> dict[str, Any]:
        """The context that `_network.html` needs.

        `heard`: is somebody told of what customers do here? `page` names the account that is shown, and
        stays the same in the networks that share it.
        """
        return {
            "slug": slug,
            "places": self._links(slug, page),
            "me": self.ground.cast.person(visitor(request)),
            "people": self.ground.cast.by_name(),
            "news": news(self.ground.engine, slug, heard=heard) if slug else None,
            "now": self.ground.clock.now(),
            "changes": self.ground.engine.listeners.changes,
            "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        }

    def _links(self, slug: str, page: str) -> list[dict[str, Any]]:
        links = []
        for twin in self._twins:
            query = {"page": page} if page and slug in twin.slugs else {}
            for place in twin.places():
                links.append({"place": place, "query": query, "current": place.slug == slug})
        return links

"""The paths that all networks share; each brings its own beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from heard.sandbox.pages.avatars import avatar
from heard.sandbox.pages.live import live
from heard.sandbox.pages.play import Play
from heard.sandbox.pages.render import FOLDER, render
from heard.sandbox.pages.site import Site
from heard.sandbox.wish import Verb


def routes(site: Site, verbs: Mapping[str, Mapping[str, Verb]]) -> list[BaseRoute]:
    play = Play(site.ground, verbs)
    return [
        Route("/", partial(_choose, site)),
        Route("/live", partial(live, site.ground.engine.listeners)),
        Route("/avatar/{handle}.svg", avatar),
        Route("/become", play.become, methods=["POST"]),
        Route("/retry", play.retry, methods=["POST"]),
        Route("/play/{network}/{verb}", play.verb, methods=["POST"]),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]


async def _choose(site: Site, request: Request) -> Response:
    return render(request, "choose.html", {**site.frame(request), "accounts": site.accounts()})

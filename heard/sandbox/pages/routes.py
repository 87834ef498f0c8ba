"""The pages' paths."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from heard.sandbox.meta.network import Network
from heard.sandbox.pages.avatars import avatar
from heard.sandbox.pages.chat import chat
from heard.sandbox.pages.live import live
from heard.sandbox.pages.play import Play
from heard.sandbox.pages.render import FOLDER, render
from heard.sandbox.pages.timeline import frame, timeline
from heard.sandbox.wish import Verb


def routes(network: Network, verbs: dict[str, dict[str, Verb]]) -> list[BaseRoute]:
    play = Play(network, verbs)
    return [
        Route("/", partial(_choose, network)),
        Route("/facebook", partial(timeline, network)),
        Route("/messenger", partial(chat, network)),
        Route("/live", partial(live, network.engine.listeners)),
        Route("/avatar/{handle}.svg", avatar),
        Route("/become", play.become, methods=["POST"]),
        Route("/retry", play.retry, methods=["POST"]),
        Route("/play/{network}/{verb}", play.verb, methods=["POST"]),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]


async def _choose(network: Network, request: Request) -> Response:
    return render(request, "choose.html", frame(network, request, "facebook"))

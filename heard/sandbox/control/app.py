"""The control API: how tests and scripts play the customers and the network's bad days. Loopback only."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from heard.sandbox.answers import Json
from heard.sandbox.clock import Clock
from heard.sandbox.control.access import refused
from heard.sandbox.delivery import faults
from heard.sandbox.delivery.engine import Engine
from heard.sandbox.storage import Storage
from heard.sandbox.twin import Twin
from heard.sandbox.wish import BadWish, Verb, Wish


class Control:
    def __init__(
        self,
        twins: Sequence[Twin],
        engine: Engine,
        clock: Clock,
        storage: Storage,
        story: Callable[[Wish], Any],
    ) -> None:
        self._engine, self._clock, self._storage = engine, clock, storage
        self._twins = {slug: twin for twin in twins for slug in twin.slugs}
        self.verbs = {slug: twin.verbs(slug) for slug, twin in self._twins.items()}
        self._story = story

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/{verb}", self._general, methods=["GET", "POST"]),
            Route("/control/{network}/{verb}", self._of_network, methods=["GET", "POST"]),
        ]

    async def _general(self, request: Request) -> Response:
        general = {
            "networks": Verb(lambda wish: {"networks": list(self._twins)}, "", "GET"),
            "clock": Verb(self._move_clock, "offset_s"),
            "reset": Verb(self._reset, ""),
            "story": Verb(self._story, "days seed quiet"),
        }
        return await self._answer(request, general.get(request.path_params["verb"]))

    async def _of_network(self, request: Request) -> Response:
        network, verb = request.path_params["network"], request.path_params["verb"]
        if network not in self._twins:
            return _error(f"There is no network {network!r}.", 404)
        special = {
            "faults": Verb(lambda wish: None),
            "deliver": Verb(lambda wish: None),
        }
        return await self._answer(request, self.verbs[network].get(verb) or special.get(verb))

    async def _answer(self, request: Request, verb: Verb | None) -> Response:
        if reason := refused(request):
            return _error(reason, 403)
        if verb is None:
            return _error(f"There is no {request.url.path}.", 404)
        try:
            done = await self._outcome(request, verb)
        except BadWish as error:
            return _error(error.sentence, error.status)
        except faults.BadFault as error:
            return _error(str(error), 400)
        return Json(done)

    async def _outcome(self, request: Request, verb: Verb) -> Any:
        name, network = request.path_params["verb"], request.path_params.get("network", "")
        if name == "deliver" and request.method == "POST":
            page = request.query_params.get("page", "")
            return await self._twins[network].deliver(network, await request.body(), page)
        if name == "faults":
            return await self._faults(request, network)
        if request.method != verb.method:
            raise BadWish(f"{request.url.path} is called by {verb.method}.", status=405)
        values = dict(request.query_params) if verb.method == "GET" else await _body(request)
        wish = Wish(values, verb.fields)
        with self._storage.together():
            done = verb.act(wish)
        return await done if inspect.isawaitable(done) else done

    async def _faults(self, request: Request, network: str) -> Any:
        if request.method == "POST":
            self._engine.faults[network] = faults.read(await _body(request))
        return faults.describe(self._engine.faults[network])

    def _move_clock(self, wish: Wish) -> Any:
        self._clock.offset_s = wish.number("offset_s")
        return {"now": self._clock.now()}

    def _reset(self, wish: Wish) -> Any:
        """Everything said is forgotten; pages, credentials and hooks stay."""
        self._clock.offset_s = 0
        self._engine.clear()
        for twin in dict.fromkeys(self._twins.values()):
            twin.reset()
        return {"reset": True}


async def _body(request: Request) -> Any:
    raw = await request.body()
    if not raw:
        return {}
    try:
        return json.loads(raw)
    except ValueError:
        raise BadWish("The body is not JSON.") from None


def _error(sentence: str, status: int) -> Response:
    return Json({"error": sentence}, status_code=status)

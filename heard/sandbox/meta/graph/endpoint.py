"""The Graph API over HTTP: read, authenticate, meet the faults, answer, and write the call down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.answers import Json
from heard.sandbox.calls import Calls
from heard.sandbox.connections import Cut
from heard.sandbox.delivery.faults import Faults, due
from heard.sandbox.meta.graph import attaching, edges, tokens
from heard.sandbox.meta.graph.call import Call, read
from heard.sandbox.meta.graph.errors import (
    GraphError,
    broken,
    expired,
    no_permission,
    throttled,
    unavailable,
    window_closed,
    wrong,
)
from heard.sandbox.meta.instagram.whose import whose
from heard.sandbox.meta.network import Network

USAGE = '{"call_count":3,"total_time":2,"total_cputime":2}'
ECHO_WAIT_S = 5
OF_MESSENGER = {"messages", "message_attachments", "conversations", "thread_owner", "moderate_conversations"}


class Endpoint:
    """`ways_in` are the calls that bring tokens and so need none, by their path."""

    def __init__(
        self, network: Network, calls: Calls, *, host: str, ways_in: Mapping[str, Callable[[Call], Any]]
    ) -> None:
        self.network, self.calls = network, calls
        self.host, self.ways_in = host, ways_in

    async def respond(self, request: Request) -> Response:
        call = await read(self.network, request, host=self.host)
        slug = "instagram" if self.host == tokens.INSTAGRAM_HOST else "facebook"
        try:
            if way_in := self.ways_in.get("/".join(call.parts)):
                answer: Response = Json(way_in(call))
            else:
                tokens.authenticate(call, request)
                slug = network_of(call)
                answer = await self._answer(call, slug)
        except GraphError as error:
            answer = Json(error.body(), status_code=error.status, headers=error.headers)
            answer.headers["WWW-Authenticate"] = f'OAuth "Facebook Platform" "{error.kind}"'
        self._note(call, request, slug, 0 if isinstance(answer, Cut) else answer.status_code)
        return answer

    async def _answer(self, call: Call, slug: str) -> Response:
        """Raises GraphError."""
        faults = self.network.engine.faults[slug]
        fault = _met(faults, call)
        if fault is not None:
            faults.use_up()
        if fault == "timeout":
            return Cut(faults.hold_s)
        if fault is not None and fault != "reset_after_accept":
            raise _refusal(fault, faults, call)
        self.network.told.clear()
        done = await self._outcome(call)
        if faults.echo_first and call.method != "GET":
            await self._wait_for_echo()
        if fault == "reset_after_accept":
            return Cut()
        return Json(done, headers={"X-App-Usage": USAGE, "facebook-api-version": "v26.0"})

    async def _outcome(self, call: Call) -> Any:
        if call.parts == ["debug_token"]:
            return tokens.debug(call)
        if not call.parts:
            raise wrong("Unsupported request: no object was named.")
        await attaching.fetch(call)
        return await edges.answer(call)

    async def _wait_for_echo(self) -> None:
        events = list(self.network.told)
        for event in events:
            event.settled = event.settled or asyncio.Event()
        waiting = [event.settled.wait() for event in events if event.settled]
        try:
            await asyncio.wait_for(asyncio.gather(*waiting), ECHO_WAIT_S)
        except TimeoutError:
            return

    def _note(self, call: Call, request: Request, slug: str, status: int) -> None:
        query = {name: value for name, value in request.query_params.items() if name != "access_token"}
        body = call.body
        if isinstance(body, dict):
            body = {name: value for name, value in body.items() if name != "access_token"}
        self.calls.note(
            slug,
            method=call.method,
            path=call.path,
            query=query,
            body=body,
            status=status,
            at=self.network.clock.now(),
        )


def network_of(call: Call) -> str:
    """Whose faults a call meets. The app that people sign in with carries both networks."""
    if call.app is not None and call.app.network != "login":
        return call.app.network
    if call.parts and whose(call):
        return "instagram"
    return "messenger" if OF_MESSENGER & set(call.parts) else "facebook"


def _met(faults: Faults, call: Call) -> int | str | None:
    reads = call.method == "GET" or call.parts[1:] in (["subscribed_apps"], ["subscriptions"])
    elsewhere = faults.answer in {"window", "blocked"} and call.parts[-1:] != ["messages"]
    return due(faults, call.path, changes=not reads and not elsewhere)


def _refusal(fault: int | str, faults: Faults, call: Call) -> GraphError:
    page = call.token.page if call.token else ""
    match fault:
        case 429:
            return throttled(app=not page, retry_after=faults.retry_after, page=page, used=faults.usage)
        case 500:
            return broken()
        case "token_expired":
            return expired("Saturday, 21-Nov-26 12:00:00 UTC")
        case "window":
            return window_closed()
        case "blocked":
            return unavailable()
        case _:
            return no_permission("pages_messaging")

"""A line to every open page: something changed, look again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from heard.sandbox.listeners import Listeners

CALM_S = 0.25  # a burst of changes is told once
BEAT_S = 15


async def live(listeners: Listeners, request: Request) -> Response:
    """`seen` is the number of changes that the page was made with: what came since is told at once."""
    asked = request.query_params.get("seen", "")

    async def lines() -> AsyncIterator[str]:
        seen = int(asked) if asked.isdecimal() else listeners.changes
        yield "retry: 2000\n\n"
        while not listeners.closed:
            changes = await listeners.wait(seen, BEAT_S)
            yield "data: changed\n\n" if changes != seen else ": still here\n\n"
            seen = changes
            await asyncio.sleep(CALM_S)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)

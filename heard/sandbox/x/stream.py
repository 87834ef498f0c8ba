"""The filtered stream: one connection for the app, posts as they match, a sign of life in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from heard.channels.x.simulator import problem
from heard.sandbox.x.matching import read, seen
from heard.sandbox.x.refusals import Refused
from heard.sandbox.x.shown import Shown
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

BEAT_S = 20.0
GLANCE_S = 0.5  # how soon a stopping sandbox lets go


class Stream:
    def __init__(self, twin: XTwin) -> None:
        self.twin = twin
        self.beat_s = BEAT_S
        self._line: asyncio.Queue[bytes | None] | None = None
        self._asked: dict[str, Any] = {}

    @property
    def is_open(self) -> bool:
        return self._line is not None

    def open(self, asked: dict[str, Any]) -> Response:
        """Raises Refused: one connection for an app, and none without rules."""
        if self._line is not None:
            said = problem(
                429,
                "ConnectionException",
                "This stream is currently at the maximum allowed connection limit.",
                "streaming-connection",
            )
            raise Refused(429, {**said, "connection_issue": "TooManyConnections"})
        if not self.twin.held.rules:
            raise Refused(409, problem(409, "RulesMissing", "You have no rules.", "rules-missing"))
        self._line, self._asked = asyncio.Queue(), asked
        return StreamingResponse(self._lines(self._line), media_type="application/json")

    async def _lines(self, line: asyncio.Queue[bytes | None]) -> AsyncIterator[bytes]:
        try:
            yield b"\r\n"
            quiet = 0.0
            while not self.twin.ground.engine.listeners.closed:
                wait = min(GLANCE_S, self.beat_s)
                try:
                    said = await asyncio.wait_for(line.get(), wait)
                except TimeoutError:
                    quiet += wait
                    if quiet >= self.beat_s:
                        quiet = 0.0
                        yield b"\r\n"
                    continue
                quiet = 0.0
                if said is None:
                    return
                yield said + b"\r\n"
        finally:
            self._line = None

    def offer(self, post: Post) -> None:
        """To whoever listens, if a rule matches."""
        if self._line is None:
            return
        look = seen(self.twin, post)
        rules = [rule for rule in self.twin.held.rules.values() if read(rule.value)(look)]
        if rules:
            shown = Shown(self.twin, self._asked)
            matched = [{"id": rule.id, "tag": rule.tag} for rule in rules]
            said = {"data": shown.post(post), "includes": shown.includes([post]), "matching_rules": matched}
            self._line.put_nowait(json.dumps(said).encode())

    def end(self) -> None:
        """X closes streams when it feels like it, and says so."""
        if self._line is not None:
            said = {
                **problem(
                    200,
                    "operational-disconnect",
                    "This stream has been disconnected for operational reasons.",
                    "operational-disconnect",
                ),
                "disconnect_type": "UpstreamOperationalDisconnect",
            }
            self._line.put_nowait(json.dumps({"errors": [said]}).encode())
            self._line.put_nowait(None)

"""Cutting a connection without an answer: what a network does on its bad days, and no framework offers."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[Any, Any], asyncio.Transport] = {}


class Cuttable(H11Protocol):
    """uvicorn's HTTP protocol, with every open connection to be found by its two ends."""

    _ends: tuple[Any, Any] = ("", "")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._ends = (transport.get_extra_info("peername"), transport.get_extra_info("sockname"))
        _open[self._ends] = transport
        # uvicorn's sockets do not say that they are TCP, so asyncio leaves Nagle on: 40 ms for every answer.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        _open.pop(self._ends, None)
        super().connection_lost(exc)


class Cut(Response):
    """No answer: the connection is reset, after `hold_s` seconds or when the caller has gone."""

    def __init__(self, hold_s: float = 0) -> None:
        super().__init__()
        self._hold_s = hold_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hold_s:
            await _gone(receive, self._hold_s)
        transport = _open.get((tuple(scope["client"]), tuple(scope["server"])))
        if transport is not None:
            transport.abort()
            await _gone(receive, 5)


async def _gone(receive: Receive, seconds: float) -> None:
    async def wait() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(wait(), seconds)
    except TimeoutError:
        return

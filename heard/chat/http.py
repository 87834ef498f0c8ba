"""Calls of the window as our front takes them: bytes with a limit, JSON in and out, exact CORS."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from heard.channels.contract import Unreadable
from heard.channels.reading import read_json

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BODY_SECONDS = 30.0
# A line of 4,000 characters that are four bytes each and escaped in JSON, and some room.
LARGEST_JSON = 64 * 1024
ALLOWED_HEADERS = b"authorization, content-type, last-event-id, x-file-name"


class Gone(Exception):
    """The caller went away."""


class Refused(Exception):
    """What the window is told instead of an answer. `code` is for its script."""

    def __init__(self, status: int, code: str, *, after: float = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.after = status, code, after


@dataclass(frozen=True, slots=True)
class Asked:
    """One call. Header names are lower case."""

    method: str
    origin: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    caller: str
    receive: Receive

    @property
    def token(self) -> str:
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""

    async def body(self, most: int) -> bytes:
        """Raises Refused or Gone."""
        if int(self.headers.get("content-length", "0") or 0) > most:
            raise Refused(413, "too_large")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await _read(self.receive, most)
        except TimeoutError as error:
            raise Refused(408, "too_slow") from error

    async def json(self) -> dict[str, Any]:
        """Raises Refused or Gone."""
        try:
            read = read_json(await self.body(LARGEST_JSON) or b"{}")
        except Unreadable as error:
            raise Refused(400, "not_json") from error
        if not isinstance(read, dict):
            raise Refused(400, "not_json")
        return read


@dataclass(frozen=True, slots=True)
class Said:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def said(content: Any, status: int = 200) -> Said:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return Said(status, json.dumps(content).encode(), headers)


def asked_from(scope: Scope, receive: Receive, *, proxies: int) -> Asked:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        headers.pop("content-length", None)
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
    caller = _caller(scope, headers, proxies)
    return Asked(scope["method"], headers.get("origin", ""), headers, query, caller, receive)


def allowed(origin: str) -> dict[str, str]:
    """The very origin, never a wildcard. No cookies come along, so nothing says that they may."""
    return {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "retry-after",
        "vary": "Origin",
    }


async def answer(send: Send, what: Said) -> None:
    fields = {"x-content-type-options": "nosniff", "content-length": str(len(what.body)), **what.headers}
    headers = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": what.status, "headers": headers})
    await send({"type": "http.response.body", "body": what.body})


def _caller(scope: Scope, headers: Mapping[str, str], proxies: int) -> str:
    """The address that a limit counts: of the client, through as many proxies as are ours. IPv6 by its /64."""
    told = [one.strip() for one in headers.get("x-forwarded-for", "").split(",")]
    client = (scope.get("client") or ("", 0))[0]
    found = told[-proxies] if proxies and len(told) >= proxies else client
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found[:64]
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def _read(receive: Receive, most: int) -> bytes:
    parts, size = [], 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        part = event.get("body", b"")
        size += len(part)
        if size > most:
            raise Refused(413, "too_large")
        parts.append(part)
        if not event.get("more_body"):
            return b"".join(parts)

"""A private network's API over HTTP: read the call, meet the faults, answer, and write the call down."""

from __future__ import annotations

import abc
import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.connections import Cut
from heard.sandbox.delivery.faults import Faults, due

if TYPE_CHECKING:
    from heard.sandbox.talks.twin import TalkTwin

ECHO_WAIT_S = 5


class NotJson(Exception):
    """The body is not a JSON object, nor a form."""


@dataclass(slots=True)
class Call:
    """One call of the API. `path` is what follows the host, without anything secret."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # field → name, content


async def read(request: Request, path: str) -> Call:
    """JSON, a form or a query; the fields of all three together. Raises NotJson."""
    kind = request.headers.get("content-type", "")
    body: dict[str, Any] = dict(request.query_params)
    files: dict[str, tuple[str, bytes]] = {}
    if kind.startswith(("multipart/", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = (value.filename or name, await value.read())
                else:
                    body[name] = value
    elif raw := await request.body():
        # Whatever the header says: the official clients of some networks do not set one.
        body |= _object(raw)
    return Call(request.method, path, request.headers, body, files)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        read = json.loads(raw)
    except ValueError:
        raise NotJson from None
    if not isinstance(read, dict):
        raise NotJson
    return read


class Endpoint(abc.ABC):
    """The way that every call takes. A network says how it answers and how it refuses."""

    def __init__(self, twin: TalkTwin) -> None:
        self.twin = twin

    @abc.abstractmethod
    def path(self, request: Request) -> str:
        """The path as it is written down: nothing secret in it."""

    @abc.abstractmethod
    def changes(self, call: Call) -> bool:
        """Does it say something to a customer? Faults meet these calls unless they name others."""

    @abc.abstractmethod
    async def outcome(self, call: Call, request: Request) -> Response: ...

    @abc.abstractmethod
    def refusal(self, fault: int | str, faults: Faults) -> Response:
        """How the network says 429, 500, token_expired, window, blocked or permission."""

    @abc.abstractmethod
    def not_json(self) -> Response: ...

    async def respond(self, request: Request) -> Response:
        try:
            call = await read(request, self.path(request))
        except NotJson:
            return self.not_json()
        answer = await self._answer(call, request)
        status = 0 if isinstance(answer, Cut) else answer.status_code
        self._note(call, request, status)
        return answer

    async def _answer(self, call: Call, request: Request) -> Response:
        faults = self.twin.ground.engine.faults[self.twin.slug]
        changes = self.changes(call)
        fault = due(faults, call.path, changes=changes)
        if fault is not None:
            faults.use_up()
        if fault == "timeout":
            return Cut(faults.hold_s)
        if fault is not None and fault != "reset_after_accept":
            return self.refusal(fault, faults)
        self.twin.told.clear()
        answer = await self.outcome(call, request)
        if faults.echo_first and changes:
            await self._wait_for_echo()
        return Cut() if fault == "reset_after_accept" else answer

    async def _wait_for_echo(self) -> None:
        events = list(self.twin.told)
        for event in events:
            event.settled = event.settled or asyncio.Event()
        waiting = [event.settled.wait() for event in events if event.settled]
        try:
            await asyncio.wait_for(asyncio.gather(*waiting), ECHO_WAIT_S)
        except TimeoutError:
            return

    def _note(self, call: Call, request: Request, status: int) -> None:
        body = {name: value for name, value in call.body.items() if name not in SECRET}
        body |= {name: f"a file of {len(content)} bytes" for name, (_, content) in call.files.items()}
        self.twin.calls.note(
            self.twin.slug,
            method=call.method,
            path=call.path,
            query={},
            body=body,
            status=status,
            at=self.twin.now(),
        )


SECRET = ("auth_token", "access_token", "secret_token")

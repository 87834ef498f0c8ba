"""A wire over real HTTP, for adapters against a server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic

import httpx2

from heard.channels.contract import CredentialsT, NoAnswer, NotReached, Upload, WireAnswer

# One for all, because making a client reads all certificates. No connection is kept: a server of
# the next test may be a stranger on the same port.
_client = httpx2.Client(
    timeout=5, trust_env=False, verify=False, limits=httpx2.Limits(max_keepalive_connections=0)
)


class HttpWire(Generic[CredentialsT]):
    def __init__(self, credentials: CredentialsT) -> None:
        self._credentials = credentials

    @property
    def credentials(self) -> CredentialsT:
        return self._credentials

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> WireAnswer:
        parts = {name: (file.name, file.content, file.content_type) for name, file in (files or {}).items()}
        try:
            answer = _client.request(
                method, url, params=params, json=json, data=form, files=parts or None, headers=headers
            )
        except httpx2.ConnectError as error:
            raise NotReached(str(error)) from error
        except httpx2.TransportError as error:
            raise NoAnswer(str(error)) from error
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return WireAnswer(answer.status_code, lowered, answer.content)

    @contextmanager
    def lines(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        silence: timedelta,
    ) -> Iterator[Streaming]:
        try:
            with _client.stream(
                "GET", url, params=params, headers=headers, timeout=silence.total_seconds()
            ) as answer:
                lowered = {name.lower(): value for name, value in answer.headers.items()}
                yield Streaming(answer.status_code, lowered, answer)
        except httpx2.ConnectError as error:
            raise NotReached(str(error)) from error
        except httpx2.TransportError as error:
            raise NoAnswer(str(error)) from error

    def connect(self, host: str, port: int) -> socket.socket:
        try:
            return socket.create_connection((host, port), 5)
        except OSError as error:
            raise NotReached(str(error)) from error


@dataclass(frozen=True)
class Streaming:
    status: int
    headers: Mapping[str, str]
    answer: httpx2.Response

    def __iter__(self) -> Iterator[bytes]:
        return (line.encode() for line in self.answer.iter_lines())

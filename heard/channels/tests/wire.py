"""A wire over real HTTP, for adapters against a server on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

import httpx2

from heard.channels.contract import CredentialsT, NoAnswer, NotReached, WireAnswer

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
        headers: Mapping[str, str] | None = None,
    ) -> WireAnswer:
        try:
            answer = _client.request(method, url, params=params, json=json, data=form, headers=headers)
        except httpx2.ConnectError as error:
            raise NotReached(str(error)) from error
        except httpx2.TransportError as error:
            raise NoAnswer(str(error)) from error
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return WireAnswer(answer.status_code, lowered, answer.content)

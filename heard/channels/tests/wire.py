"""A wire over real HTTP, for adapters against a server on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

import httpx2

from heard.channels.contract import CredentialsT, NoAnswer, NotReached, WireAnswer


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
            answer = httpx2.request(
                method, url, params=params, json=json, data=form, headers=headers, timeout=5, trust_env=False
            )
        except httpx2.ConnectError as error:
            raise NotReached(str(error)) from error
        except httpx2.TransportError as error:
            raise NoAnswer(str(error)) from error
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return WireAnswer(answer.status_code, lowered, answer.content)

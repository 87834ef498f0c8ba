"""An adapter's way to its network: the guarded client with the inbox's credentials."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Generic

from heard.channels.contract import CredentialsT, NoAnswer, NotReached, WireAnswer
from heard.env import env
from heard.outbound import Broken, Outbound, Refused, Unreachable


class GuardedWire(Generic[CredentialsT]):
    def __init__(self, credentials: CredentialsT, outbound: Outbound) -> None:
        self.credentials = credentials
        self._outbound = outbound

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
            answer = self._outbound.call(method, url, params=params, json=json, form=form, headers=headers)
        except (Refused, Unreachable) as error:
            raise NotReached(str(error)) from error
        except Broken as error:
            raise NoAnswer(str(error)) from error
        return WireAnswer(answer.status, answer.headers, answer.body)


@cache
def outbound() -> Outbound:
    return Outbound(allowed=env().outbound_allow)


def wire_for(credentials: CredentialsT) -> GuardedWire[CredentialsT]:
    return GuardedWire(credentials, outbound())

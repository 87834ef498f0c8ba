"""An adapter's way to its network: the guarded client with the inbox's credentials."""

from __future__ import annotations

import math
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any, Generic

from heard.channels.contract import (
    CredentialsT,
    NoAnswer,
    NotReached,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Upload,
    WireAnswer,
)
from heard.env import env
from heard.outbound import Broken, Outbound, Refused, Stream, Unreachable

# Every way in which a call to a network can end badly.
NETWORK_ERRORS = (NoAnswer, NotReached, ReconnectNeeded, Rejected, TryAgain, Unconfirmed)

# What adapters that do not speak HTTP speak instead: SMTP and IMAP.
MAIL_PORTS = (25, 143, 465, 587, 993, 2465, 2525, 2587)


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
        files: Mapping[str, Upload] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> WireAnswer:
        parts = {name: (file.name, file.content, file.content_type) for name, file in (files or {}).items()}
        with _as_the_contract_says():
            answer = self._outbound.call(
                method, url, params=params, json=json, form=form, files=parts or None, headers=headers
            )
        return WireAnswer(answer.status, answer.headers, answer.body)

    @contextmanager
    def lines(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        silence: timedelta,
    ) -> Iterator[Stream]:
        seconds = silence.total_seconds()
        with (
            _as_the_contract_says(),
            endless().lines(url, params=params, headers=headers, silence=seconds) as stream,
        ):
            yield stream

    def connect(self, host: str, port: int) -> socket.socket:
        with _as_the_contract_says():
            return self._outbound.connect(host, port, ports=MAIL_PORTS)


@contextmanager
def _as_the_contract_says() -> Iterator[None]:
    try:
        yield
    except (Refused, Unreachable) as error:
        raise NotReached(str(error)) from error
    except Broken as error:
        raise NoAnswer(str(error)) from error


@cache
def outbound() -> Outbound:
    return Outbound(allowed=env().outbound_allow)


@cache
def endless() -> Outbound:
    """For answers that have no end. A client of its own, because connections of the other one have."""
    return Outbound(allowed=env().outbound_allow, total_seconds=math.inf)


def wire_for(credentials: CredentialsT) -> GuardedWire[CredentialsT]:
    return GuardedWire(credentials, outbound())

"""A call to the network with one honest answer. Every status of the network maps to one exception."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NoReturn

from heard.channels.contract import (
    NoAnswer,
    NotReached,
    Problem,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Unreadable,
    Wire,
    WireAnswer,
)
from heard.channels.example.credentials import ExampleCredentials
from heard.channels.fields import as_mapping
from heard.channels.reading import read_json


def call(
    wire: Wire[ExampleCredentials], method: str, path: str, *, json: Any = None, harmless: bool
) -> Mapping[str, Any]:
    """`harmless`: nothing is lost or doubled when the call is repeated, as with every GET."""
    credentials = wire.credentials
    authorization = {"authorization": f"Bearer {credentials.token.get_secret_value()}"}
    try:
        answer = wire.call(method, f"{credentials.base_url}/{path}", json=json, headers=authorization)
    except NotReached as error:
        raise TryAgain("The network could not be reached.") from error
    except NoAnswer as error:
        _nobody_knows("The network did not answer.", harmless, cause=error)
    if answer.status >= 300:
        _refuse(answer, harmless)
    try:
        return as_mapping(read_json(answer.body))
    except Unreadable as error:
        _nobody_knows("The network's answer cannot be read.", harmless, cause=error)


def _refuse(answer: WireAnswer, harmless: bool) -> NoReturn:
    reason, code = f"The network answered with status {answer.status}.", str(answer.status)
    if answer.status == 401:
        raise ReconnectNeeded(reason, code=code)
    if answer.status == 429:
        raise TryAgain(reason, after=_retry_after(answer), code=code)
    if answer.status >= 500:
        _nobody_knows(reason, harmless)
    problem = {403: Problem.PERMISSION, 404: Problem.GONE}.get(answer.status, Problem.INVALID)
    raise Rejected(reason, problem=problem, code=code)


def _nobody_knows(reason: str, harmless: bool, *, cause: Exception | None = None) -> NoReturn:
    if harmless:
        raise TryAgain(reason) from cause
    raise Unconfirmed(f"{reason} Nobody knows whether it took the message.") from cause


def _retry_after(answer: WireAnswer) -> timedelta | None:
    seconds = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(seconds[:6])) if seconds.isascii() and seconds.isdigit() else None

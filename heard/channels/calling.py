"""A call to a network with one honest answer, for networks that speak JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final, NoReturn

from pydantic import SecretStr

from heard.channels.contract import (
    NoAnswer,
    NotReached,
    Problem,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Unreadable,
    Upload,
    Wire,
    WireAnswer,
)
from heard.channels.reading import read_json

_LONGEST_REASON: Final = 500


def call(
    wire: Wire[Any],
    method: str,
    url: str,
    *,
    network: str,
    harmless: bool,
    json: Any = None,
    form: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None,
    headers: Mapping[str, str] | None = None,
) -> WireAnswer:
    """Whatever the network answered. Raises TryAgain or Unconfirmed when it did not.

    `harmless`: nothing is lost or doubled when the call is repeated. No cause is kept: a wire may name
    the address in its error, and some networks have their token in it.
    """
    try:
        return wire.call(method, url, json=json, form=form, files=files, headers=headers)
    except NotReached:
        raise TryAgain(f"{network} could not be reached.") from None
    except NoAnswer:
        nobody_knows(f"{network} did not answer.", harmless=harmless)


def said(answer: WireAnswer) -> Mapping[str, Any]:
    """The JSON object of an answer; empty where there is none."""
    try:
        read = read_json(answer.body)
    except Unreadable:
        return {}
    return read if isinstance(read, dict) else {}


def speechless(answer: WireAnswer, *, network: str, harmless: bool) -> NoReturn:
    """An answer that is neither what we asked for nor an error in the network's own words."""
    reason, code = f"{network} answered with status {answer.status} and no reason.", str(answer.status)
    if answer.status == 401:
        raise ReconnectNeeded(reason, code=code)
    if answer.status in (408, 425, 429):
        raise TryAgain(reason, after=retry_after(answer), code=code)
    if 300 <= answer.status < 500:
        problem = Problem.PERMISSION if answer.status == 403 else Problem.INVALID
        raise Rejected(reason, problem=problem, code=code)
    nobody_knows(reason, harmless=harmless)


def nobody_knows(reason: str, *, harmless: bool) -> NoReturn:
    if harmless:
        raise TryAgain(reason)
    raise Unconfirmed(f"{reason} Nobody knows whether it took the message.")


def retry_after(answer: WireAnswer) -> timedelta | None:
    seconds = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(seconds[:6])) if seconds.isascii() and seconds.isdigit() else None


def without(text: str, secrets: Iterable[SecretStr]) -> str:
    """A stranger's sentence, short, and without what we must never show: some networks quote it."""
    for secret in secrets:
        value = secret.get_secret_value()
        if len(value) >= 4:
            text = text.replace(value, "***")
    return text[:_LONGEST_REASON]

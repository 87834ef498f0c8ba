"""Calls to X's API, each with one honest answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from heard.channels.x import oauth1
from heard.channels.x.credentials import XCredentials
from heard.channels.x.errors import XError, meaning, read_error
from heard.channels.x.limits import pause_asked

_STEP: Final = re.compile(r"[\w-]{1,100}\Z", re.ASCII)
# Credits are bought by people, so asking every minute helps nobody.
_UNTIL_CREDITS: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: read, and byte for byte."""

    values: Mapping[str, Any]
    body: bytes


class Api:
    """X's API as one account or, with `as_app`, as the app.

    `pause` is how long the next call had better wait, as the latest answer asked.
    """

    def __init__(self, wire: Wire[Any], *, as_app: bool = False) -> None:
        self._wire, self._as_app = wire, as_app
        self._credentials: XCredentials = wire.credentials
        self.account = self._credentials.account
        self.pause: timedelta | None = None

    def read(self, *path: str, params: Mapping[str, str] | None = None) -> Said:
        """GET. Raises TryAgain, Rejected or ReconnectNeeded."""
        return self._call("GET", path, harmless=True, params=params)

    def change(self, method: str, *path: str, json: Any = None) -> Said:
        """A call that may be repeated without harm. Raises TryAgain, Rejected or ReconnectNeeded."""
        return self._call(method, path, harmless=True, json=json)

    def send(self, *path: str, json: Any) -> Said:
        """A POST that must not happen twice. Raises Unconfirmed where nobody can know."""
        return self._call("POST", path, harmless=False, json=json)

    def upload(self, *path: str, form: Mapping[str, str], files: Mapping[str, Upload]) -> Said:
        """Raises like `change`: a file that nothing refers to harms nobody."""
        return self._call("POST", path, harmless=True, form=form, files=files)

    def authorization(self, method: str, url: str, params: Mapping[str, str] | None = None) -> dict[str, str]:
        """The header that lets us in. Raises ReconnectNeeded where what it needs is missing."""
        ours = self._credentials
        bearer = ours.bearer_token if self._as_app else ours.access_token
        if bearer:
            return {"authorization": f"Bearer {bearer.get_secret_value()}"}
        if self._as_app or not (
            ours.api_key and ours.api_secret and ours.user_token and ours.user_token_secret
        ):
            raise ReconnectNeeded("X needs the app's bearer token for this, and it is not there.")
        keys = oauth1.Keys(ours.api_key, ours.api_secret, ours.user_token, ours.user_token_secret)
        return {"authorization": oauth1.authorization(keys, method, url, params=params)}

    def url(self, *path: str) -> str:
        return "/".join([self._credentials.base_url.rstrip("/"), "2", *map(checked, path)])

    def _call(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        harmless: bool,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Said:
        url = self.url(*path)
        headers = self.authorization(method, url, params)
        try:
            answer = self._wire.call(
                method, url, params=params, json=json, form=form, files=files, headers=headers
            )
        except NotReached as error:
            raise TryAgain("X could not be reached.") from error
        except NoAnswer as error:
            if harmless:
                raise TryAgain("X did not answer.") from error
            raise Unconfirmed("X did not answer, so nobody knows whether it took the message.") from error
        self.pause = pause_asked(answer.headers)
        return judged(answer, self._credentials.secrets, harmless=harmless)


def judged(answer: WireAnswer, secrets: Iterable[SecretStr], *, harmless: bool) -> Said:
    """Raises TryAgain, Rejected, ReconnectNeeded or, unless `harmless`, Unconfirmed."""
    try:
        said = read_json(answer.body) if answer.body else {}
    except Unreadable:
        said = None
    fine = 200 <= answer.status < 300
    # With status 200 X also says that it found nothing: errors, and no data.
    if fine and isinstance(said, dict) and ("data" in said or not said.get("errors")):
        return Said(said, answer.body)
    if fine and not isinstance(said, dict):
        _nobody_knows("X's answer cannot be read.", harmless)
    refuse(read_error(said, answer.status), answer, secrets, harmless=harmless)


def refuse(
    error: XError, answer: WireAnswer, secrets: Iterable[SecretStr], *, harmless: bool = True
) -> NoReturn:
    problem = meaning(error)
    reason, code = f"X: {_without(secrets, error.text)}", error.label
    if 300 <= answer.status < 400 or answer.status in (408, 425):
        raise TryAgain(reason, code=code)
    match problem:
        case None:
            _nobody_knows(reason, harmless)
        case Problem.AUTH_EXPIRED:
            raise ReconnectNeeded(reason, code=code)
        case Problem.RATE_LIMIT:
            after = pause_asked(answer.headers, refused=True)
            raise TryAgain(reason, after=_UNTIL_CREDITS if error.out_of_credits else after, code=code)
        case Problem.TRANSIENT:
            raise TryAgain(reason, code=code)
    raise Rejected(reason, problem=problem, code=code)


def _nobody_knows(reason: str, harmless: bool) -> NoReturn:
    if harmless:
        raise TryAgain(reason)
    raise Unconfirmed(f"{reason} Nobody knows whether it took the message.")


def _without(secrets: Iterable[SecretStr], text: str) -> str:
    for secret in secrets:
        if len(secret.get_secret_value()) >= 8:
            text = text.replace(secret.get_secret_value(), "***")
    return text[:500]


def checked(step: str) -> str:
    """Ids come from outside; none of them may change which call is made."""
    if not _STEP.match(step):
        raise Rejected("This is not an id that X could have given.", problem=Problem.INVALID)
    return step

"""Calls to Meta's Graph API, each with one honest answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl, urlsplit

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
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.meta.errors import GraphError, meaning, read_error
from heard.channels.meta.usage import pause_asked
from heard.channels.reading import read_json

_STEP: Final = re.compile(r"(?!\.+\Z)[\w.:$=+-]+\Z", re.ASCII)
_MOST_PAGES: Final = 1_000
_PAGE_KEYS: Final = ("after", "offset", "until", "__paging_token")


class Graph:
    """The Graph API with one token.

    `pause` is how long the next call had better wait, as the latest answer asked. It is said after the
    fact: an answer that came back fine is never turned into a failure by it.
    """

    def __init__(
        self, wire: Wire[Any], *, base_url: str, token: SecretStr, secrets: Iterable[SecretStr] = ()
    ) -> None:
        """`secrets` are those that Meta gets to see and might quote in an error message."""
        self._wire, self._base_url, self._token = wire, base_url.rstrip("/"), token
        self._secrets = (token, *secrets)
        self.pause: timedelta | None = None

    def read(self, *path: str, params: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """GET. Raises TryAgain, Rejected or ReconnectNeeded."""
        return self._call("GET", path, params=params, harmless=True)

    def change(
        self,
        method: str,
        *path: str,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Mapping[str, Any]:
        """A call that may be repeated without harm. Raises TryAgain, Rejected or ReconnectNeeded."""
        answer = self._call(method, path, params=params, json=json, form=form, files=files, harmless=True)
        if str(answer.get("success", True)).lower() == "false":
            raise Rejected("Meta answered that it did not work.", problem=Problem.INVALID)
        return answer

    def send(
        self,
        *path: str,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Mapping[str, Any]:
        """A POST that must not happen twice. Raises Unconfirmed where nobody can know."""
        return self._call("POST", path, json=json, form=form, files=files, harmless=False)

    def pages(self, *path: str, params: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """The items of a list, page after page.

        Between pages it heeds a nearly used-up quota and raises TryAgain: reading what we already had the
        chance to get by hook must not use up the calls that answers need.
        """
        asked, seen = dict(params), set[str]()
        for _ in range(_MOST_PAGES):
            answer = self.read(*path, params=asked)
            yield from map(as_mapping, as_list(answer.get("data")))
            following = _following(answer)
            if not following or str(following) in seen:
                return
            if self.pause:
                raise TryAgain("Meta's quota is nearly used up.", after=self.pause)
            seen.add(str(following))
            asked |= following

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
    ) -> Mapping[str, Any]:
        url = "/".join([self._base_url, *map(_checked, path)])
        authorization = {"authorization": f"Bearer {self._token.get_secret_value()}"}
        try:
            answer = self._wire.call(
                method, url, params=params, json=json, form=form, files=files, headers=authorization
            )
        except NotReached as error:
            raise TryAgain("Meta could not be reached.") from error
        except NoAnswer as error:
            if harmless:
                raise TryAgain("Meta did not answer.") from error
            raise Unconfirmed("Meta did not answer, so nobody knows whether it took the message.") from error
        return self._judged(answer, harmless=harmless)

    def _judged(self, answer: WireAnswer, *, harmless: bool) -> Mapping[str, Any]:
        self.pause = pause_asked(answer.headers)
        try:
            said = read_json(answer.body)
        except Unreadable:
            said = None
        error = read_error(said)
        if error is not None:
            self._refuse(error, answer.status, harmless=harmless)
        if 200 <= answer.status < 300 and isinstance(said, dict) and "error" not in said:
            return said
        self._refuse_speechless(answer.status, harmless=harmless)

    def _refuse(self, error: GraphError, status: int, *, harmless: bool) -> NoReturn:
        problem = meaning(error)
        reason = f"Meta: {self._without_secrets(error.text)}"
        match problem:
            case None if status >= 500:
                self._refuse_speechless(status, harmless=harmless)
            case Problem.RATE_LIMIT:
                after = max(filter(None, (self.pause, error.long_wait)), default=None)
                raise TryAgain(reason, after=after, code=error.label)
            case Problem.TRANSIENT:
                raise TryAgain(reason, after=self.pause, code=error.label)
            case Problem.AUTH_EXPIRED:
                raise ReconnectNeeded(reason, code=error.label)
        raise Rejected(reason, problem=problem or Problem.INVALID, code=error.label)

    def _refuse_speechless(self, status: int, *, harmless: bool) -> NoReturn:
        """An answer that is neither what we asked for nor an error of the Graph API, as from a proxy."""
        reason, code = f"Meta answered with status {status} and no reason.", str(status)
        if status == 401:
            raise ReconnectNeeded(reason, code=code)
        if 300 <= status < 400 or status in (408, 425, 429):
            raise TryAgain(reason, after=self.pause, code=code)
        if 400 <= status < 500:
            problem = Problem.PERMISSION if status == 403 else Problem.INVALID
            raise Rejected(reason, problem=problem, code=code)
        if harmless:
            raise TryAgain(reason, after=self.pause, code=code)
        raise Unconfirmed(f"{reason} Nobody knows whether it took the message.")

    def _without_secrets(self, text: str) -> str:
        # Meta quotes a malformed token in its own error message.
        for secret in self._secrets:
            for part in secret.get_secret_value().split("|"):
                if len(part) >= 8:
                    text = text.replace(part, "***")
        return text[:500]


def _checked(step: str) -> str:
    """Ids come from outside; none of them may change which call is made."""
    if not _STEP.match(step):
        raise Rejected("This is not an id that Meta could have given.", problem=Problem.INVALID)
    return step


def _following(answer: Mapping[str, Any]) -> dict[str, str]:
    """What to ask for the next page. `paging.next` holds the token and any host, so it is never called."""
    paging = as_mapping(answer.get("paging"))
    next_url = as_aside(paging.get("next"))
    if not next_url:
        return {}
    after = as_aside(as_mapping(paging.get("cursors")).get("after"))
    if after:
        return {"after": after}
    return {key: value for key, value in _query(next_url) if key in _PAGE_KEYS}


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query)
    except ValueError:
        return []

"""Codes that the consent page hands out: each is good once, for ten minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from heard.sandbox.clock import Clock

LIFE_S = 600


@dataclass(frozen=True, slots=True)
class Code:
    app: str
    redirect_uri: str
    handle: str
    scopes: list[str]
    pages: list[str]
    at: float


class Codes:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, Code] = {}

    def give(self, app: str, redirect_uri: str, *, handle: str, scopes: list[str], pages: list[str]) -> str:
        text = "AQ" + secrets.token_urlsafe(60)
        self._given[text] = Code(app, redirect_uri, handle, scopes, pages, self._clock.now())
        return text

    def take(self, text: str) -> Code | None:
        code = self._given.pop(text, None)
        return code if code and self._clock.now() - code.at <= LIFE_S else None

"""Recognising our own message in a list that Meta gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heard.channels.fields import as_aside, as_mapping, as_time


@dataclass(frozen=True, slots=True)
class SameMessage:
    """Written by our page, with the same words, not before we tried."""

    page: str
    text: str
    since: datetime
    with_file: bool = False

    def fits(self, said: Mapping[str, Any]) -> bool:
        at = as_time(said.get("created_time"))
        # Meta's times are whole seconds.
        recent = at is not None and at >= self.since.replace(microsecond=0)
        author = str(as_mapping(said.get("from")).get("id"))
        return recent and author == self.page and self._says_the_same(said)

    def _says_the_same(self, said: Mapping[str, Any]) -> bool:
        words = _words(self.text)
        if _words(as_aside(said.get("message"))) != words:
            return False
        # A picture without words is like any other, but not like what has no picture.
        shows = any(said.get(name) for name in ("attachments", "attachment"))
        return bool(words) or (self.with_file and shows)


def _words(text: str) -> list[str]:
    """Meta trims texts and may change line ends."""
    return text.split()

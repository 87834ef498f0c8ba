"""Web addresses in a text. What looks like a fault inside of one is none."""

from __future__ import annotations

import re
from typing import Final

from heard.checks.regex import regex

_LINK: Final = regex(
    r"(?:https?://|www\.)[^\s<>\"]+"
    # Typed without its beginning, but with a page behind it.
    r"|(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{0,40}\.){1,4}(?:com|net|org|info|eu|co|io|me|cz|sk|si|hu|gr|hr|at|de|uk|ie|cy|example)/"
    r"[^\s<>\"]+",
    re.IGNORECASE,
)

Span = tuple[int, int]


def link_spans(text: str) -> list[Span]:
    return [(found.start(), _end(found.group(), found.start())) for found in _LINK.finditer(text)]


def _end(address: str, start: int) -> int:
    """What ends the sentence is no part of the address."""
    return start + len(address.rstrip(".,;:!?…)]}»“”\"'"))


class Taken:
    """Places in a text that have been read already. A long text has thousands, so they are marked in a map."""

    def __init__(self, text: str, *given: list[Span]) -> None:
        self._places = bytearray(len(text))
        for spans in given:
            for span in spans:
                self.take(span)

    def take(self, span: Span) -> bool:
        """Whether all of it was free."""
        start, end = span
        free = self.is_free(span)
        self._places[start:end] = b"\1" * (end - start)
        return free

    def is_free(self, span: Span) -> bool:
        return 1 not in self._places[slice(*span)]

"""Puts words and values one behind the other, so that the seams cannot be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_AFTER_A_NAME: Final = re.compile(r"[\s,!;:–—-]*")
_BEFORE_A_NAME: Final = re.compile(r"[ \u00a0]*,?[ \u00a0]*\Z")
_BEGINS: Final = re.compile(r"(?:\A|\n|[.!?…][\"”“»]?[ \u00a0])[ \u00a0]*\Z")
_ENDED: Final = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Blank:
    """Where `{name}` still stands in the filled text."""

    name: str
    start: int
    end: int


@dataclass
class Joining:
    """What has been said so far, and which blanks are in it."""

    text: str = ""
    missing: list[Blank] = field(default_factory=list)
    _begins: bool = False  # a name fell out at the beginning of a sentence
    _closed: bool = False  # a value just ended its own sentence

    def words(self, text: str) -> None:
        if not text:
            return
        if self._begins:
            text = text[_end(_AFTER_A_NAME, text) :]
            text = text[:1].upper() + text[1:]
        elif self._closed and text.startswith(".") and not text.startswith(".."):
            text = text[1:]
        self._begins = self._begins and not text
        self._closed = False
        self.text += text

    def value(self, text: str) -> None:
        self.text += text
        self._begins, self._closed = False, text.endswith(_ENDED)

    def name(self, text: str) -> None:
        """A polite word before it, such as "paní", is a capital where a sentence begins."""
        begins = self._begins or _BEGINS.search(self.text)
        self.value(text[:1].upper() + text[1:] if begins else text)

    def blank(self, name: str) -> None:
        start = len(self.text)
        self.value(f"{{{name}}}")
        self.missing.append(Blank(name, start, len(self.text)))

    def no_name(self) -> None:
        """Nobody knows the name: it goes, and what led to it. "Hi Ann," is "Hi,", "Thanks, Ann!" is "Thanks!"."""
        if _BEGINS.search(self.text):
            self._begins = True
            return
        found = _BEFORE_A_NAME.search(self.text)
        assert found is not None  # it matches nothing, too
        # What still has to be filled in stays where it is.
        self.text = self.text[: found.start()]
        self._closed = False


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0

"""The words of a text as a search compares them."""

from __future__ import annotations

import re
from typing import Final

from heard.language.folded import folded

# Of a placeholder only what the customer will read of it counts, not its name or the names of its branches.
_SYNTAX: Final = re.compile(
    r"\{\s*[a-z_.]+\s*(?:,\s*(?:plural|select)\s*,|\})|(?:=\d+|zero|one|two|few|many|other|known|male|female)\s*\{"
)
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
STEM: Final = 5  # letters
SHORTEST: Final = 3  # letters: below that it is an article or a preposition nearly everywhere


def plain(text: str) -> str:
    """Without the syntax of placeholders."""
    return _SYNTAX.sub(" ", text)


def words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def stem(word: str) -> str:
    """Its first letters. The languages that Heard speaks bend the ends of words, and hardly ever the beginnings."""
    return word[:STEM]


def tells(word: str) -> bool:
    """Does it say anything of what a text is about?"""
    return len(word) >= SHORTEST


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if tells(word)]

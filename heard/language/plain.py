"""The same word however it is typed: without accents and capitals, and where each letter stood."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4_096)
def _letter(character: str) -> str:
    """Exactly one character for each, so that places stay the same."""
    first = unicodedata.normalize("NFD", character)[:1].lower()[:1]
    return "'" if first in "’‘ʼ" else first


def plain(text: str) -> str:
    """As long as `text`, character by character."""
    # As a whole, because a Greek sigma at the end of a word is another letter.
    small = text.lower()
    if text.isascii():
        return small
    return "".join(map(_letter, small if len(small) == len(text) else text))

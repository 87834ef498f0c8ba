"""The same word however it is typed: without accents and capitals, and where each letter stood."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4_096)
def _letter(character: str) -> str:
    """Exactly one character for each, so that places stay the same. Greek has a second sigma at the end."""
    if character.isascii():
        return character.lower()
    first = unicodedata.normalize("NFD", character)[:1].lower()[:1]
    return "σ" if first == "ς" else "'" if first in "’‘ʼ" else first


def plain(text: str) -> str:
    """As long as `text`, character by character."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))

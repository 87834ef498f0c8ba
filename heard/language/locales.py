"""How a language writes: Babel's locale for a language code, whatever its spelling."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

_FALLBACK: Final = "en_GB"


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """English where nobody knows the language: a text in it can still be read."""
    # English without a country writes dates the American way; most of our readers do not.
    if language in ("", "en"):
        return Locale.parse(_FALLBACK)
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse(_FALLBACK)


def plain_language(language: str) -> str:
    """Without its country or script: "pt-BR" is "pt"."""
    return language.replace("_", "-").split("-")[0].lower()

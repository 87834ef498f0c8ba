"""What to call a customer, or None where any piece of it is not certain."""

from __future__ import annotations

from typing import Final

from heard.language.locales import plain_language
from heard.language.person import Person

_FEWEST: Final = 2  # letters of a name


def how_to_address(person: Person, *, language: str, formality: str) -> str | None:
    """Only English so far: the first name among friends, the whole name otherwise."""
    if plain_language(language) != "en" or not _is_name(person.first):
        return None
    if formality == "informal":
        return person.first
    return f"{person.first} {person.family}" if _is_name(person.family) else None


def _is_name(word: str) -> bool:
    return len(word) >= _FEWEST and word.isalpha() and word.istitle()

"""The form in which a name is called, in the languages that have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from heard.language import czech_vocative, greek_vocative
from heard.language.given_names import is_given, is_given_somewhere

_Form = Callable[[str, str], str | None]
_GIVEN: Final[Mapping[str, _Form]] = {"cs": czech_vocative.given, "el": greek_vocative.given}
_FAMILY: Final[Mapping[str, _Form]] = {"cs": czech_vocative.family, "el": greek_vocative.family}


def has_vocative(language: str) -> bool:
    return language in _GIVEN


def given_vocative(name: str, language: str, *, gender: str) -> str | None:
    """None where it is not certain. As it is, in a language without a vocative."""
    form = _GIVEN.get(language)
    if form is None:
        return name
    if not is_given_somewhere(name):
        return None
    if "-" in name and not is_given(name, language):
        return None  # Jean-Pierre
    return form(name, gender)


def family_vocative(name: str, language: str, *, gender: str) -> str | None:
    """Double names take it in each part."""
    form = _FAMILY.get(language)
    if form is None:
        return name
    words = [[form(part, gender) for part in word.split("-")] for word in name.split()]
    if any(part is None for parts in words for part in parts):
        return None
    return " ".join("-".join(part or "" for part in parts) for parts in words)

"""Which words of a name are given and which are the family's, where nobody said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from heard.language.given_names import (
    is_family,
    is_family_elsewhere,
    is_family_somewhere,
    is_given,
    is_given_somewhere,
)

# In these, the family's name stands first, when people write for each other.
FAMILY_FIRST: Final = frozenset({"hu"})
# English families are called by given names so often that only the place tells, and it tells.
_PLACE_TELLS: Final = frozenset({"en"})
_GREEK_FAMILY: Final = re.compile(
    r".+(?:[οό]πουλος|οπο[υύ]λου|[ιί]δης|[ιί]δου|[αά]δης|[αά]δου|[αά]κης|[αά]κη|[εέ]ας|[αά]τος|[αά]του|[ιί]ου)"
)


@dataclass(frozen=True, slots=True)
class Order:
    """The words before and behind `cut`."""

    family_first: bool
    cut: int


def order_of(words: tuple[str, ...], language: str) -> Order | None:
    """None where it may be the one or the other, or no person's name at all."""
    first = _given_in_front(words, language)
    last = len(words) - _given_in_front(words[::-1], language, own=True)
    if len(words) == 1:
        return Order(False, 1) if first else None
    forward = first > 0 and _may_be_family(words[-1], language)
    backward = last < len(words) and _may_begin_as_family(words[0], language)
    if forward == backward:
        return None
    if forward:
        return Order(False, min(first, len(words) - 1))
    # Josef Lada is a man called Josef, or a Lada of the Josefs.
    certain = language in FAMILY_FIRST or first == 0
    return Order(True, max(last, 1)) if certain else None


def whole_name(given: tuple[str, ...], family: str, *, language: str, family_first: bool) -> str | None:
    """In the order of the language. None where nobody knows whether the name follows it."""
    if not given or not family:
        return None
    if language in FAMILY_FIRST and not family_first:
        # A foreign name keeps its own order in Hungarian, and who has a bit of each has whichever they like.
        native = (is_given(given[0], language), _is_native_family(family, language))
        if len(set(native)) > 1:
            return None
        family_first = all(native)
    return " ".join((family, *given) if family_first else (*given, family))


def _given_in_front(words: tuple[str, ...], language: str, *, own: bool = False) -> int:
    count = 0
    for word in words:
        if not (is_given(word, language) if own else is_given_somewhere(word)):
            break
        count += 1
    return count


def _may_be_family(word: str, language: str) -> bool:
    if language in _PLACE_TELLS:
        return True
    return not is_given(word, language) or is_family(word, language)


def _may_begin_as_family(word: str, language: str) -> bool:
    """Given names that are families' names too make an order uncertain."""
    if language in _PLACE_TELLS:
        # King Charles is no Charles of the family King.
        return is_family_elsewhere(word, language) and not is_given_somewhere(word)
    if is_family(word, language):
        return True
    if is_given_somewhere(word):
        return False
    if language == "el":
        return _GREEK_FAMILY.fullmatch(word.lower()) is not None
    return language in FAMILY_FIRST or is_family_somewhere(word)


def _is_native_family(family: str, language: str) -> bool:
    return all(is_family(word, language) or _HUNGARIAN.fullmatch(word) for word in re.split("[ -]", family))


# Of a place ("from Szeged"), of a father ("son of Pál"), of a trade. Italians are called Rossi, not Szegedi.
_HUNGARIAN: Final = re.compile(
    r".+(?:falvi|falvy|falusi|házi|házy|vári|váry|helyi|hegyi|földi|völgyi|szegi|laki|ffy|ényi|ányi"
    r"|fi|ffi|gyártó|verő|né)"
)

"""What to call a customer in a text, or None where any piece of it is not certain: the text then does without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from heard.language.given_names import FEMALE, MALE, is_greek
from heard.language.locales import plain_language
from heard.language.name_order import FAMILY_FIRST, whole_name
from heard.language.name_pieces import Pieces, pieces_of
from heard.language.person import Person
from heard.language.vocative import family_vocative, given_vocative, has_vocative

INFORMAL: Final = "informal"

_MISTER: Final[Mapping[str, Mapping[str, str]]] = {
    "cs": {FEMALE: "paní", MALE: "pane"},
    "sl": {FEMALE: "gospa", MALE: "gospod"},
    "el": {FEMALE: "κυρία", MALE: "κύριε"},
}
_GREEK_TOO: Final = frozenset({"el"})


@lru_cache(maxsize=1_024)
def how_to_address(person: Person, *, language: str, formality: str) -> str | None:
    """Among friends the first name, in its vocative. Otherwise as the language is polite:
    "paní Nováková", "gospod Novak", "κύριε Παπαδόπουλε", "Kovács Anna", "Jane Smith"."""
    plain = plain_language(language)
    polite = _POLITE.get(plain)
    if polite is None:
        return None
    pieces = pieces_of(person, plain)
    if pieces is None or not _can_read(pieces, plain):
        return None
    return _first_name(pieces, plain) if formality == INFORMAL else polite(pieces, plain)


def _can_read(pieces: Pieces, language: str) -> bool:
    foreign = any(is_greek(name) for name in (*pieces.given, pieces.family))
    return not foreign or language in _GREEK_TOO


def _first_name(pieces: Pieces, language: str) -> str | None:
    if len(pieces.given) == 1:
        return given_vocative(pieces.given[0], language, gender=pieces.gender)
    # Of several, people use one or the other, or both. Where somebody said what they use, it is both.
    return " ".join(pieces.given) if pieces.told and not has_vocative(language) else None


def _with_mister(pieces: Pieces, language: str) -> str | None:
    mister = _MISTER[language].get(pieces.gender)
    name = family_vocative(pieces.family, language, gender=pieces.gender)
    return f"{mister} {name}" if mister and name else None


def _whole(pieces: Pieces, language: str) -> str | None:
    if pieces.titled and language in FAMILY_FIRST:
        return None  # there a Dr belongs to the name
    return whole_name(pieces.given, pieces.family, language=language, family_first=pieces.family_first)


_POLITE: Final[Mapping[str, Callable[[Pieces, str], str | None]]] = {
    "cs": _with_mister,
    "sl": _with_mister,
    "el": _with_mister,
    "hu": _whole,
    "en": _whole,
}

"""Taking a person's name apart. None where nobody can tell which piece is which."""

from __future__ import annotations

from dataclasses import dataclass

from heard.language.given_names import spelt
from heard.language.name_gender import gender_of
from heard.language.name_order import order_of
from heard.language.name_words import has_title, words_of
from heard.language.person import Person


@dataclass(frozen=True, slots=True)
class Pieces:
    """`family` and `gender` may be empty. `family_first`: the person writes it so.

    `told`: somebody knew which piece is which, so that several given names are all there are.
    `titled`: there was a Dr before it.
    """

    given: tuple[str, ...]
    family: str
    gender: str
    family_first: bool
    told: bool = False
    titled: bool = False


def pieces_of(person: Person, language: str) -> Pieces | None:
    if person.first.strip():
        return _told(person, language)
    words = words_of(person.full)
    order = order_of(words, language) if words else None
    if words is None or order is None:
        return None
    front, back = words[: order.cut], words[order.cut :]
    given, family = (back, front) if order.family_first else (front, back)
    return _pieces(given, family, language, person, family_first=order.family_first)


def _told(person: Person, language: str) -> Pieces | None:
    given, family = words_of(person.first), words_of(person.family)
    if not given or family is None:
        return None
    family_first = bool(family) and person.full.casefold().startswith(person.family.strip().casefold())
    return _pieces(given, family, language, person, family_first=family_first, told=True)


def _pieces(
    given: tuple[str, ...],
    family: tuple[str, ...],
    language: str,
    person: Person,
    *,
    family_first: bool,
    told: bool = False,
) -> Pieces:
    given, whole_family = tuple(spelt(name, language) for name in given), " ".join(family)
    gender = gender_of(given, whole_family, language, person.gender)
    titled = has_title(f"{person.full} {person.first}")
    return Pieces(given, whole_family, gender, family_first, told, titled)

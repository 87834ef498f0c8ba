"""Which plural form a number takes in a language: the classes of the Unicode CLDR."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from heard.language.locales import locale_of

CLASSES: Final = ("zero", "one", "two", "few", "many", "other")
_ALL_WHOLE_FORMS: Final = 200  # every language has shown its forms for whole numbers by then


def plural_class(number: int | Decimal, language: str) -> str:
    """ "one" for 1 in English, "few" for 3 in Czech, "two" for 102 in Slovene."""
    return locale_of(language).plural_form(number)


def whole_classes(language: str) -> tuple[str, ...]:
    """The classes that whole numbers take, which a wording has to have. Czech "many" is for fractions only."""
    taken = _examples(language)
    return tuple(name for name in CLASSES if name in taken or name == "other")


def example_of(name: str, language: str) -> int:
    """A whole number that takes this class."""
    return _examples(language)[name]


@lru_cache(maxsize=256)
def _examples(language: str) -> dict[str, int]:
    backwards = reversed(range(_ALL_WHOLE_FORMS))
    return {plural_class(number, language): number for number in backwards}

"""A number of days, hours or minutes, as it stands after a verb or "in": "2 dny", "za 1 hodinu"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from babel.numbers import format_decimal
from babel.units import format_unit

from heard.language.locales import locale_of, plain_language
from heard.language.plural import plural_class

Unit = Literal["day", "hour", "minute"]

_NO_BREAK: Final = "\u00a0"
_PART: Final = "part"  # of a unit: 1.5
# The CLDR has the nominative, and these languages say something else after a verb: "1 uro", "3 dni".
_ACCUSATIVE: Final[Mapping[tuple[str, Unit], Mapping[str, str]]] = {
    ("cs", "day"): {"one": "den", "few": "dny", "other": "dní", _PART: "dne"},
    ("cs", "hour"): {"one": "hodinu", "few": "hodiny", "other": "hodin", _PART: "hodiny"},
    ("cs", "minute"): {"one": "minutu", "few": "minuty", "other": "minut", _PART: "minuty"},
    ("sl", "day"): {"one": "dan", "two": "dneva", "few": "dni", "other": "dni", _PART: "dneva"},
    ("sl", "hour"): {"one": "uro", "two": "uri", "few": "ure", "other": "ur", _PART: "ure"},
    ("sl", "minute"): {"one": "minuto", "two": "minuti", "few": "minute", "other": "minut", _PART: "minute"},
}


def number_written(number: int | Decimal, language: str) -> str:
    return format_decimal(number, locale=locale_of(language))


def counted(number: int | Decimal, unit: Unit, language: str) -> str:
    forms = _ACCUSATIVE.get((plain_language(language), unit))
    if forms is None:
        written = format_unit(number, f"duration-{unit}", length="long", locale=locale_of(language))
        return written.replace(" ", _NO_BREAK)
    whole = number == int(number)
    word = forms[plural_class(number, language) if whole else _PART]
    return f"{number_written(number, language)}{_NO_BREAK}{word}"

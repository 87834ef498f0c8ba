"""Dates and times in a sentence, in a form that is right whatever case the sentence asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_time

from heard.language.locales import locale_of, plain_language

_NO_BREAK: Final = "\u00a0"
# Czech and Greek dates stand in the genitive anyway. Slovene months would have to be declined, so they are numbers.
_DATES: Final[Mapping[str, str]] = {"sl": "d. M. y"}
# The CLDR has 2:30 μ.μ., and everybody reads 14:30.
_TIMES: Final[Mapping[str, str]] = {"el": "HH:mm", "cs": "H:mm", "hu": "H:mm", "sl": "H.mm"}
_BETWEEN: Final[Mapping[str, str]] = {"hu": " "}


def date_written(day: date, language: str) -> str:
    """With its year: a message may be read much later than it was written."""
    written = format_date(day, _DATES.get(plain_language(language), "long"), locale=locale_of(language))
    return written.replace(" ", _NO_BREAK)


def moment_written(moment: datetime, language: str) -> str:
    """In the zone that the moment comes with."""
    plain = plain_language(language)
    time = format_time(moment.time(), _TIMES.get(plain, "short"), locale=locale_of(language))
    between = _BETWEEN.get(plain, ", ")
    return f"{date_written(moment.date(), language)}{between}{time.replace(' ', _NO_BREAK)}"

"""Days that a text names, as our languages write them. Weekdays are left alone: "on Friday" may be any Friday.

Texts come without accents and capitals, as `plain` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from heard.checks.regex import regex

_MONTHS: Final = (
    r"jan(?:uary?|uar(?:ja|jem|ju|ban?|i)?)?|led(?:en|na|nu)|ιαν(?:ουαρι\w{1,2})?",
    r"feb(?:ruary?|ruar(?:ja|jem|ju)?|r)?|unor[au]?|φεβ(?:ρουαρι\w{1,2})?",
    r"mar(?:ch|ec|ca|cu|cius|c)?|brez(?:en|na|nu)|μαρ(?:τι\w{1,2})?",
    r"apr(?:il[au]?|ilis)?|dub(?:en|na|nu)|απρ(?:ιλι\w{1,2})?",
    r"maj(?:us|a|u)?|may|kvet(?:en|na|nu)|μαι(?:ου|ος|ο)?",
    r"jun(?:e|ij[au]?|ius)?|cerv(?:en|na|nu)|ιουν(?:ι\w{1,2})?",
    r"jul(?:y|ij[au]?|ius)?|cerven(?:ec|ce|ci)|ιουλ(?:ι\w{1,2})?",
    r"aug(?:ust|usztus)?|avg(?:ust[au]?)?|srp(?:en|na|nu)|αυγ(?:ουστ\w{1,2})?",
    r"s(?:ep|ept|eptember|eptembr[au]|zept|zeptember)|zari|σεπ(?:τεμβρι\w{1,2})?",
    r"o[ck]t(?:ober|obr[au])?|rij(?:en|na|nu)|οκτ(?:ωβρι\w{1,2})?",
    r"nov(?:ember|embr[au])?|listopadu?|νοε(?:μβρι\w{1,2})?",
    r"de[ck](?:ember|embr[au])?|prosin(?:ec|ce|ci)|δεκ(?:εμβρι\w{1,2})?",
)
_NAMED: Final = regex("|".join(f"(?P<m{n}>(?:{names})$)" for n, names in enumerate(_MONTHS, start=1)))
_MONTH: Final = f"(?P<month>{'|'.join(_MONTHS)})"
_YEAR: Final = r"(?P<year>20\d\d)"
_DAY: Final = r"(?P<day>[0-3]?\d)"
_WRITTEN: Final = tuple(
    regex(rf"(?<![\w.,/:-])(?:{pattern})(?![\w/]|[.:,]\d)")
    for pattern in (
        rf"{_DAY}(?:st|nd|rd|th|η|ης)?\.?\s(?:of\s)?{_MONTH}\b\.?(?:,?\s{_YEAR}(?!\s?(?:kc|ft|eur|€)))?",
        rf"(?:{_YEAR}\.?\s)?{_MONTH}\b\.?\s{_DAY}(?:st|nd|rd|th)?(?:\.?(?=-)|\.|(?=[,\s]|"
        rf"$))(?:,\s(?P<later>20\d\d))?",
        rf"{_YEAR}-(?P<number>\d\d)-{_DAY}|"
        rf"{_YEAR.replace('year', 'year2')}\.\s?(?P<number2>\d\d?)\.\s?(?P<day2>\d\d?)\.?",
        rf"{_DAY}\.\s?(?P<number>1[0-2]|0?[1-9])\.(?:\s?{_YEAR})?",
        rf"{_DAY}/(?P<number>1[0-2]|0?[1-9])(?:/{_YEAR})?",
    )
)
_HALF: Final = 120  # days behind us that a day without a year is taken to be meant; else it is next year's


class Day(NamedTuple):
    start: int
    end: int
    on: date


def days(said: str, start: int, end: int, *, today: date) -> Iterator[Day]:
    """Those that can be told for certain between two places."""
    for pattern in _WRITTEN:
        for found in pattern.finditer(said, start, end):
            if on := _read(found, today):
                yield Day(*found.span(), on)


def _read(found: re.Match[str], today: date) -> date | None:
    said = {name.rstrip("2"): value for name, value in found.groupdict().items() if value}
    year = said.get("year") or said.get("later")
    month = _month(said["month"]) if "month" in said else int(said["number"])
    if "/" in found.group() and int(said["day"]) <= 12 and int(said["day"]) != month:
        # The month may stand in front, too: only what both readings agree on is certain.
        return _later(_of(year, month, int(said["day"]), today), _of(year, int(said["day"]), month, today))
    return _of(year, month, int(said["day"]), today)


def _month(name: str) -> int:
    found = _NAMED.match(name)
    return int(str(found.lastgroup)[1:]) if found else 0


def _of(year: str | None, month: int, day: int, today: date) -> date | None:
    try:
        if year:
            return date(int(year), month, day)
        on = date(today.year, month, day)
        return on if (today - on).days <= _HALF else date(today.year + 1, month, day)
    except ValueError:
        return None


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)

"""Opening hours in a sentence, as a customer reads them: "Mon–Fri 9:00–17:00, Sat 9:00–12:00"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_time, get_timezone_name

from heard.language.locales import locale_of, plain_language
from heard.workspaces.hours import DAY_IN_MINUTES, Hours

# As in `heard.language.dates`: everybody here reads the 24 hours.
_TIMES: Final = {"el": "H:mm", "cs": "H:mm", "hu": "H:mm", "sl": "H.mm"}
Day = tuple[int, tuple[tuple[int, int], ...]]


def hours_written(hours: Hours, language: str) -> str:
    """Empty where nobody wrote any down."""
    days = [(weekday, _spans(hours, weekday)) for weekday in range(7)] if hours.spans else []
    rows = [(list(group), spans) for spans, group in groupby(days, key=lambda day: day[1]) if spans]
    return ", ".join(f"{_days(group, language)} {_times(spans, language)}" for group, spans in rows)


def zone_written(zone: ZoneInfo, language: str) -> str:
    """ "Central European Time"; what belongs to no region is only a sign."""
    return "UTC" if zone.key.endswith("UTC") else str(get_timezone_name(zone, locale=locale_of(language)))


def _spans(hours: Hours, weekday: int) -> tuple[tuple[int, int], ...]:
    return tuple((span.opens, span.closes) for span in hours.spans if span.weekday == weekday)


def _days(group: Sequence[Day], language: str) -> str:
    names = locale_of(language).days["format"]["abbreviated"]
    first, last = group[0][0], group[-1][0]
    if first == last:
        return str(names[first])
    return f"{names[first]}–{names[last]}" if last - first > 1 else f"{names[first]}, {names[last]}"


def _times(spans: Sequence[tuple[int, int]], language: str) -> str:
    return ", ".join(f"{_clock(opens, language)}–{_clock(closes, language)}" for opens, closes in spans)


def _clock(minutes: int, language: str) -> str:
    if minutes == DAY_IN_MINUTES:
        return "24:00"
    at = time(minutes // 60, minutes % 60)
    return str(format_time(at, _TIMES.get(plain_language(language), "H:mm"), locale=locale_of(language)))

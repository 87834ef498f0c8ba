"""Times and numbers as the agent reads them: in their language and zone, short at first sight, exact on hover."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from markupsafe import Markup, escape

MINUTE, HOUR, DAY = 60, 3600, 86400


def ago(
    at: datetime | None, *, now: datetime | None = None, narrow: bool = False, titled: bool = True
) -> Markup:
    """How long ago, as an element that goes on counting by itself: "3 min", "yesterday 14:05", "12 Mar".

    Without `titled` the browser puts the exact time there when somebody points at it: cheaper in long lists.
    """
    if at is None:
        return Markup("")
    title = f' title="{escape(exact(at))}"' if titled else ""
    words = escape(told(at, now=now or timezone.now(), narrow=narrow))
    moment, narrowed = at.isoformat(timespec="seconds"), " data-narrow" if narrow else ""
    return Markup(f'<heard-ago><time datetime="{moment}"{title}{narrowed}>{words}</time></heard-ago>')


def told(at: datetime, *, now: datetime, narrow: bool = False) -> str:
    seconds = (now - at).total_seconds()
    here, today = at.astimezone(_zone()), now.astimezone(_zone()).date()
    if seconds < MINUTE:
        return pgettext("moments ago", "now")
    if seconds < HOUR:
        return length(int(seconds // MINUTE), "minute", narrow)
    if seconds < 12 * HOUR or (here.date() == today and seconds < DAY):
        return length(int(seconds // HOUR), "hour", narrow)
    if narrow and seconds < 7 * DAY:
        return length(max(1, int(seconds // DAY)), "day", narrow)
    if not narrow and here.date() == today - timedelta(days=1):
        return pgettext("a time of day", "yesterday {time}").format(time=clock_time(here))
    return day(here, today.year)


def day(at: datetime, year: int) -> str:
    """12 Mar, with the year when it is another one."""
    locale = reader_locale()
    if at.year == year:
        # "MMMd" in the locale's own order, without the year.
        return _skeleton(locale, "MMMd", at)
    return format_date(at, "medium", locale=locale)


def exact(at: datetime) -> str:
    """With weekday, date, time and zone."""
    zone = _zone()
    return _exact(at.astimezone(zone), zone.key, get_language() or "en")


@lru_cache(maxsize=4096)
def _exact(here: datetime, zone: str, language: str) -> str:
    """The zone is named too: the same moment is equal in all of them."""
    return f"{format_datetime(here, 'EEEE', locale=reader_locale())} {_medium(here)}"


def in_words(at: datetime, *, now: datetime | None = None) -> str:
    """A time to come or gone, for sentences: "14:05", "tomorrow 9:00", "Mon 25 Nov 9:00"."""
    here, today = at.astimezone(_zone()), (now or timezone.now()).astimezone(_zone()).date()
    if here.date() == today:
        return clock_time(here)
    if here.date() == today + timedelta(days=1):
        return pgettext("a time of day", "tomorrow {time}").format(time=clock_time(here))
    return f"{_skeleton(reader_locale(), 'MMMEd', here)} {clock_time(here)}"


def clock_time(here: datetime) -> str:
    return format_time(here, "short", locale=reader_locale())


def language_name(code: str) -> str:
    """In the agent's language: "Czech"."""
    return _language_name(code, get_language() or "en")


@lru_cache(maxsize=1024)
def _language_name(code: str, language: str) -> str:
    if code not in _known():
        return code
    return Locale.parse(code).get_display_name(_parsed(language)) or code


def number(value: float) -> str:
    return format_decimal(value, locale=reader_locale())


def month_name(day: date) -> str:
    return format_skeleton("yMMMM", day, locale=reader_locale())


def dollars(amount: Decimal) -> str:
    """With parts of a cent where there are some: networks sell calls that cheap."""
    return f"${format_decimal(amount, '#,##0.00##', locale=reader_locale())}"


@lru_cache(maxsize=4096)
def _unit(value: int, unit: str, width: str, language: str) -> str:
    locale = Locale.parse(language.replace("-", "_"))
    return format_unit(
        value, f"duration-{unit}", length=cast("Literal['short', 'long']", width), locale=locale
    )


def length(value: int, unit: str, narrow: bool = False) -> str:
    return _unit(value, unit, "narrow" if narrow else "short", get_language() or "en")


@lru_cache
def _known() -> frozenset[str]:
    return frozenset(locale_identifiers())


def _medium(here: datetime) -> str:
    date = format_date(here, "long", locale=reader_locale())
    return f"{date}, {clock_time(here)} {here.tzname() or ''}".strip()


def _skeleton(locale: Locale, skeleton: str, at: datetime) -> str:
    pattern = locale.datetime_skeletons.get(skeleton)
    return format_datetime(at, str(pattern) if pattern else "d MMM", locale=locale)


def reader_locale() -> Locale:
    return _parsed(get_language() or "en")


@lru_cache
def _parsed(language: str) -> Locale:
    # English without a country writes dates the American way; most of our readers do not.
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))


def _zone() -> ZoneInfo:
    zone = timezone.get_current_timezone()
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")

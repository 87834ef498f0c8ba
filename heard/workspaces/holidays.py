"""Public holidays of countries, written beside the dates of our own, so that whoever reads hours knows both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from heard.workspaces.models import ClosedDay, HolidayCountry, Workspace

YEARS: Final = 3  # this one and what can be asked for: see FARTHEST of `hours`
_ENGLISH: Final = "en_US"


@dataclass(frozen=True, slots=True)
class Holiday:
    """`key` is its English name: the same in every year and for every reader."""

    key: str
    name: str
    on: date


def holidays_of(country: str, *, year: int, language: str) -> list[Holiday]:
    """In order. Named in `language` where the country's are known in it. Empty for a country that nobody knows."""
    keys, names = _named(country, year, _ENGLISH), _named(country, year, language)
    return [Holiday(keys[day], names.get(day, keys[day]), day) for day in sorted(keys)]


@cache
def countries() -> frozenset[str]:
    """Their codes of two letters."""
    return frozenset(
        code for code in _library().list_supported_countries(include_aliases=False) if len(code) == 2
    )


@transaction.atomic
def write_holidays(workspace: Workspace, *, now: datetime) -> None:
    """This year's and those of the next two. Our own dates stay as they are."""
    first = now.astimezone(ZoneInfo(workspace.time_zone)).year
    ClosedDay.objects.filter(workspace=workspace).exclude(country="").delete()
    wanted = [
        ClosedDay(
            workspace=workspace,
            year=one.on.year,
            month=one.on.month,
            day=one.on.day,
            name=one.name[:80],
            country=row.country,
        )
        for row in HolidayCountry.objects.filter(workspace=workspace).order_by("country")
        for year in range(first, first + YEARS)
        for one in holidays_of(row.country, year=year, language=workspace.language)
        if one.key not in row.off
    ]
    ClosedDay.objects.bulk_create(wanted, ignore_conflicts=True)


def write_everywhere(*, now: datetime) -> None:
    """A new year begins for everybody."""
    for workspace in Workspace.objects.filter(holiday_countries__isnull=False).distinct():
        write_holidays(workspace, now=now)


def _named(country: str, year: int, language: str) -> dict[date, str]:
    library = _library()
    if country not in countries():
        return {}
    spoken: Sequence[str] = library.country_holidays(country).supported_languages
    known = next((one for one in (language, _ENGLISH) if one in spoken), None)
    return dict(library.country_holidays(country, years=[year], language=known))


def _library() -> Any:
    # Read by the page and by one job a month: no other process has to carry it.
    import holidays

    return holidays

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
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Holiday:
    """`key` is its English name: the same in every year and for every reader."""

    key: str
    name: str
    on: date


def holidays_of(country: str, *, year: int, language: str, region: str = "") -> list[Holiday]:
    """In order, with those of the region. Named in `language` where the country's are known in it.

    Empty for a country that nobody knows.
    """
    keys, names = _named(country, region, year, _ENGLISH), _named(country, region, year, language)
    return [Holiday(keys[day], names.get(day, keys[day]), day) for day in sorted(keys)]


@cache
def countries() -> frozenset[str]:
    """Their codes of two letters."""
    return frozenset(
        code for code in _library().list_supported_countries(include_aliases=False) if len(code) == 2
    )


@cache
def regions_of(country: str) -> dict[str, str]:
    """Parts of a country that have holidays of their own to tell, by code: as they are called there."""
    if country not in countries():
        return {}
    told = _library().country_holidays(country).get_subdivision_aliases()
    return {code: _name_among(names) or code for code, names in told.items()}


def _name_among(names: Sequence[str]) -> str:
    """Short ones stand before or behind the name: AT has "Kärnten, Ktn, K", FR "GP, GUA, Guadeloupe"."""
    return next((name for name in names if len(name) > _SHORT), max(names, key=len, default=""))


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
        for one in holidays_of(row.country, region=row.region, year=year, language=workspace.language)
        if one.key not in row.off
    ]
    ClosedDay.objects.bulk_create(wanted, ignore_conflicts=True)


def write_everywhere(*, now: datetime) -> None:
    """A new year begins for everybody."""
    for workspace in Workspace.objects.filter(holiday_countries__isnull=False).distinct():
        write_holidays(workspace, now=now)


def _named(country: str, region: str, year: int, language: str) -> dict[date, str]:
    library = _library()
    if country not in countries():
        return {}
    part = region if region in regions_of(country) else None
    spoken: Sequence[str] = library.country_holidays(country).supported_languages
    known = next((one for one in (language, _ENGLISH) if one in spoken), None)
    return dict(library.country_holidays(country, subdiv=part, years=[year], language=known))


def _library() -> Any:
    # Read by the page and by one job a month: no other process has to carry it.
    import holidays

    return holidays

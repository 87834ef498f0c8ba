"""Which countries' public holidays are days off, and on which of them we work all the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import HoursChanged
from heard.workspaces.holidays import countries, regions_of, write_holidays
from heard.workspaces.models import Agent, HolidayCountry, Workspace

MOST = 10


class NoSuchCountry(Exception):
    """Nobody knows its holidays, or those of that part of it, or it is one country too many."""


@transaction.atomic
def change_holidays(
    workspace: Workspace,
    off: Mapping[str, Collection[str]],
    *,
    by: Agent,
    now: datetime,
    regions: Mapping[str, str] | None = None,
) -> None:
    """`off`: country → keys of the holidays on which somebody is there. `regions`: country → where in it we are.

    Raises NoSuchCountry.
    """
    regions = {country: region for country, region in (regions or {}).items() if region}
    if len(off) > MOST or not set(off) <= countries():
        raise NoSuchCountry
    if any(region not in regions_of(country) for country, region in regions.items()):
        raise NoSuchCountry
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    HolidayCountry.objects.filter(workspace=workspace).delete()
    HolidayCountry.objects.bulk_create(
        HolidayCountry(
            workspace=workspace, country=country, region=regions.get(country, ""), off=sorted(keys)
        )
        for country, keys in off.items()
    )
    write_holidays(workspace, now=now)
    publish(HoursChanged(workspace_id=workspace.pk, at=now, by_id=by.pk))

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.people.hours import Closed, change_hours
from heard.workspaces.holidays import holidays_of, regions_of, write_everywhere
from heard.workspaces.hours import hours_of
from heard.workspaces.models import Agent, ClosedDay
from tests.cast import a_workspace, an_agent
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


def posted(desk: Client, **asked: Any) -> int:
    return int(desk.post("/settings/holidays", asked).status_code)


def test_holidays_of_a_country_close_the_day_but_for_those_that_are_switched_off(ann: Agent) -> None:
    desk, year = signed_in(ann), timezone.localdate().year
    christmas, after = datetime(year + 1, 12, 25, 12, tzinfo=UTC), datetime(year + 1, 12, 28, 12, tzinfo=UTC)
    assert posted(desk, add="CZ") == 302
    assert posted(desk, country="CZ", add="??") == 422

    page = desk.get("/settings/holidays").text
    hours = hours_of(ann.workspace)
    assert (hours.is_open(christmas), hours.is_open(after)) == (False, True)
    keys = [one.key for one in holidays_of("CZ", year=year, language="en")]
    assert all(f'value="{key}" checked'.replace("'", "&#39;") in page for key in keys)
    assert {one.name for one in holidays_of("CZ", year=year, language="cs")} >= {"Velký pátek"}
    assert {one.name for one in holidays_of("CZ", year=year, language="hu")} >= {"Good Friday"}

    on = [key for key in keys if key != "Christmas Day"]
    asked = {"country": ["CZ"], "shown-CZ": keys, "on-CZ": on}
    assert posted(desk, **asked) == 302
    assert hours_of(ann.workspace).is_open(christmas)


def test_dates_of_our_own_stay_and_a_new_year_is_written_by_itself(ann: Agent) -> None:
    now = timezone.now()
    own = Closed(None, 12, 25, "Ours")
    change_hours(ann.workspace, spans=[], closed=[own], by=ann, now=now)
    posted(signed_in(ann), add="CZ")
    write_everywhere(now=now + timedelta(days=366))

    kept = ClosedDay.objects.filter(workspace=ann.workspace)
    assert kept.get(country="").name == "Ours"
    years = {year for year in kept.exclude(country="").values_list("year", flat=True) if year}
    assert len(years) == 3
    assert max(years) > now.year + 2
    assert "Ours" in signed_in(ann).get("/settings/hours").text
    change_hours(ann.workspace, spans=[], closed=[], by=ann, now=now)
    assert kept.exclude(country="").exists()

    assert posted(signed_in(ann), country="CZ", remove="CZ") == 302
    assert not kept.exists()


def test_a_part_of_a_country_has_days_of_its_own(ann: Agent) -> None:
    desk, year = signed_in(ann), timezone.localdate().year
    epiphany = datetime(year + 1, 1, 6, 12, tzinfo=UTC)
    assert posted(desk, add="DE") == 302
    assert hours_of(ann.workspace).is_open(epiphany)
    assert posted(desk, country="DE", **{"region-DE": "ZH"}) == 422

    assert posted(desk, country="DE", **{"region-DE": "BY"}) == 302
    assert not hours_of(ann.workspace).is_open(epiphany)
    page = desk.get("/settings/holidays").text
    assert '<option value="BY" selected>Bayern</option>' in page
    assert "Epiphany" in page
    # Also the next time that somebody saves.
    shown = [one.key for one in holidays_of("DE", region="BY", year=year, language="en")]
    asked = {"country": ["DE"], "region-DE": "BY", "shown-DE": shown, "on-DE": set(shown) - {"Epiphany"}}
    assert posted(desk, **asked) == 302
    assert hours_of(ann.workspace).is_open(epiphany)
    assert [name for code in ("AT", "FR", "GB") for name in list(regions_of(code).values())[2:4]] == [
        "Niederösterreich",
        "Oberösterreich",
        "Guadeloupe",
        "Martinique",
        "Scotland",
        "Wales",
    ]

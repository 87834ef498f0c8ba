from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heard.workspaces.hours import hours_of
from heard.workspaces.models import Agent, ClosedDay
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

TYPED = {
    **{f"day_{weekday}": "9-12, 13:00–17.30" for weekday in range(5)},
    "day_5": "",
    "day_6": "20–24",
    "closed": "2026-12-24 Christmas Eve\n12-25\n",
}


def test_an_admin_writes_down_when_somebody_is_there(ann: Agent) -> None:
    browser = signed_in(ann)

    assert browser.post("/settings/hours", TYPED).status_code == 302

    hours = hours_of(ann.workspace)
    assert hours.is_open(datetime(2026, 11, 2, 17, 29, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 11, 2, 12, 30, tzinfo=UTC))
    assert hours.is_open(datetime(2026, 11, 8, 23, 59, tzinfo=UTC))
    assert not hours.is_open(datetime(2029, 12, 25, 10, 0, tzinfo=UTC))
    page = browser.get("/settings/hours").text
    assert "9:00–12:00, 13:00–17:30" in page
    assert "2026-12-24 Christmas Eve" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day_0", "nine to five"),
        ("day_0", "9-12, 11-13"),
        ("day_1", "17-9"),
        ("day_1", "9-25"),
        ("closed", "Christmas"),
        ("closed", "2026-02-30"),
    ],
)
def test_what_says_no_hours_is_shown_in_its_place(ann: Agent, field: str, typed: str) -> None:
    page = signed_in(ann).post("/settings/hours", {**TYPED, field: typed})

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert not ClosedDay.objects.exists()


def test_agents_only_ask(bea: Agent) -> None:
    assert signed_in(bea).get("/settings/hours").status_code == 403

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from heard.workspaces.models import Agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def is_in(browser: Client, **headers: str) -> bool:
    return browser.get("/settings/security", headers=headers).status_code == 200


def test_a_session_ends_twelve_hours_after_its_last_use(ann: Agent) -> None:
    browser = signed_in(ann)
    assert is_in(browser)

    with later(hours=11):
        assert is_in(browser)
    with later(hours=22):
        assert is_in(browser)
    with later(hours=35):
        assert not is_in(browser)


def test_a_session_ends_after_fourteen_days_however_much_it_is_used(ann: Agent) -> None:
    browser = signed_in(ann)
    for hours in range(0, 14 * 24, 10):
        with later(hours=hours):
            assert is_in(browser)

    with later(days=14, minutes=1):
        assert not is_in(browser)


def test_a_page_that_keeps_itself_up_to_date_is_no_use(ann: Agent) -> None:
    browser = signed_in(ann)
    assert is_in(browser)

    with later(hours=11):
        assert is_in(browser, **{"X-Heard-Live": "1"})
    with later(hours=13):
        assert not is_in(browser)


def test_who_was_signed_out_is_told_why(ann: Agent) -> None:
    browser = signed_in(ann)
    is_in(browser)

    with later(days=1):
        page = browser.get("/settings", follow=True)

    assert "your session ended" in page.text
